using System.Runtime.Intrinsics;
using Nodal.Models;

namespace Nodal.Patching.Fast;

/// <summary>Rotary positions on single rows (Su et al. 2021, arXiv 2104.09864): dimension i of a head and i + e/2 turn together. Without them it does nothing.</summary>
internal sealed unsafe class Rotation
{
    private readonly int _half;
    private readonly float[] _cos = [];
    private readonly float[] _sin = [];

    public Rotation(ModelConfig config, int longestPrompt)
    {
        if (config.Rotary is not { } rotary)
        {
            return;
        }

        var frequencies = rotary.Frequencies(config.HeadWidth);
        _half = frequencies.Length;
        _cos = new float[longestPrompt * _half];
        _sin = new float[longestPrompt * _half];
        for (var i = 0; i < _cos.Length; i++)
        {
            var (sin, cos) = Math.SinCos((double)(i / _half) * frequencies[i % _half]);
            (_cos[i], _sin[i]) = ((float)cos, (float)sin);
        }
    }

    /// <summary>Turns a head by its position's angles.</summary>
    public void Apply(float* head, int position) => Turn(head, position, 1);

    /// <summary>Turns it back, which is also what the gradient does.</summary>
    public void Undo(float* head, int position) => Turn(head, position, -1);

    private void Turn(float* head, int position, float sign)
    {
        fixed (float* cosines = _cos, sines = _sin)
        {
            var cos = cosines + (position * _half);
            var sin = sines + (position * _half);
            var i = 0;
            for (; i + Lanes.Width <= _half; i += Lanes.Width)
            {
                var (first, second) = (Vector512.Load(head + i), Vector512.Load(head + i + _half));
                var (c, s) = (Vector512.Load(cos + i), Vector512.Load(sin + i) * sign);
                ((first * c) - (second * s)).Store(head + i);
                ((second * c) + (first * s)).Store(head + i + _half);
            }

            for (; i < _half; i++)
            {
                var (first, second, c, s) = (head[i], head[i + _half], cos[i], sign * sin[i]);
                head[i] = (first * c) - (second * s);
                head[i + _half] = (second * c) + (first * s);
            }
        }
    }
}
