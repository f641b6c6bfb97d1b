using System.Runtime.Intrinsics;
using Nodal.Models;

namespace Nodal.Gates;

/// <summary>The attention half of <see cref="SizeAccount"/>.</summary>
internal sealed class AttentionSize(ModelConfig config)
{
    private readonly int _width = config.HeadWidth;
    private readonly int _group = config.GroupSize;
    private readonly double _inputRow = config.Width + (config.AttentionInputBias ? 1 : 0);
    private readonly double _outputColumn = config.Width;
    private readonly double _outputBias = config.AttentionOutputBias ? config.Width : 0;

    /// <summary>All query rows of a head, or all key rows of a K/V head.</summary>
    private double WholeHead => _width * _inputRow;

    public double Parameters(AttentionGates gates)
    {
        var inside = _outputBias;
        for (var first = 0; first < gates.Heads.Length; first += _group)
        {
            inside += Group(gates, first);
        }

        return gates.Block * inside;
    }

    public void Gradient(AttentionGates gates, ref double block, Span<double> heads, Span<double> neurons)
    {
        block = _outputBias;
        for (var first = 0; first < gates.Heads.Length; first += _group)
        {
            block += Group(gates, first);
            for (var head = first; head < first + _group; head++)
            {
                heads[head] = gates.Block * WholeHead * (1 + OthersClosed(gates.Heads.Slice(first, _group), head - first));
            }

            for (var column = 0; column < _width; column += Lanes.Count)
            {
                ColumnGradient(gates, first, column, heads, neurons);
            }
        }
    }

    /// <summary>Queries, keys, values and output columns of the heads that share one K/V head.</summary>
    private double Group(AttentionGates gates, int first)
    {
        double openHeads = 0, headsClosed = 1;
        foreach (var head in gates.Heads.Slice(first, _group))
        {
            openHeads += head;
            headsClosed *= 1 - head;
        }

        var (openNeurons, valueColumns) = (Vector256<double>.Zero, Vector256<double>.Zero);
        for (var column = 0; column < _width; column += Lanes.Count)
        {
            var closed = Vector256<double>.One;
            for (var head = first; head < first + _group; head++)
            {
                var effective = gates.Heads[head] * Lanes.Load(OfHead(gates.Neurons, head), column);
                openNeurons += effective;
                closed *= Vector256<double>.One - effective;
            }

            valueColumns += Vector256<double>.One - closed;
        }

        return (WholeHead * (openHeads + 1 - headsClosed)) + (_inputRow * Vector256.Sum(valueColumns)) + (_outputColumn * Vector256.Sum(openNeurons));
    }

    /// <summary>Gradients of the neurons of some columns of a group, and what their heads get through them.</summary>
    private void ColumnGradient(AttentionGates gates, int first, int column, Span<double> heads, Span<double> neurons)
    {
        // First the probability that all heads behind are closed, kept where the gradient will stand; then that all before are, and the rest.
        var closed = Vector256<double>.One;
        for (var head = first + _group - 1; head >= first; head--)
        {
            Lanes.Store(closed, OfHead(neurons, head), column);
            closed *= Vector256<double>.One - (gates.Heads[head] * Lanes.Load(OfHead(gates.Neurons, head), column));
        }

        closed = Vector256<double>.One;
        for (var head = first; head < first + _group; head++)
        {
            var gate = Lanes.Load(OfHead(gates.Neurons, head), column);
            var othersClosed = closed * Lanes.Load(OfHead(neurons, head), column);
            var perEffectiveGate = Vector256.Create(_outputColumn) + (_inputRow * othersClosed);
            heads[head] += gates.Block * Vector256.Sum(gate * perEffectiveGate);
            Lanes.Store(gates.Block * gates.Heads[head] * perEffectiveGate, OfHead(neurons, head), column);
            closed *= Vector256<double>.One - (gates.Heads[head] * gate);
        }
    }

    private ReadOnlySpan<double> OfHead(ReadOnlySpan<double> neurons, int head) => neurons.Slice(head * _width, _width);

    private Span<double> OfHead(Span<double> neurons, int head) => neurons.Slice(head * _width, _width);

    /// <summary>Probability that every head of a group but one is closed.</summary>
    private static double OthersClosed(ReadOnlySpan<double> heads, int except)
    {
        var closed = 1.0;
        for (var head = 0; head < heads.Length; head++)
        {
            closed *= head == except ? 1 : 1 - heads[head];
        }

        return closed;
    }
}
