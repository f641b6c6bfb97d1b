namespace Nodal.Gates;

/// <summary>Two points between which a function changes its sign, drawn together by one evaluation after another.</summary>
/// <remarks>
/// Chandrupatla 1997 (Advances in Engineering Software 28, 145-149): inverse quadratic interpolation through the last three points where the function between them is
/// near enough to a parabola, else the middle. The bracket may be closed by a jump too, not only by a root.
/// </remarks>
internal struct RootBracket
{
    private readonly double _narrowest;
    private (double At, double Value) _newest;
    private (double At, double Value) _opposite;

    /// <summary>Begins with the middle.</summary>
    /// <param name="one">An end.</param>
    /// <param name="other">The other end; its value has the other sign.</param>
    /// <param name="narrowest">Width at which the bracket is closed.</param>
    public RootBracket((double At, double Value) one, (double At, double Value) other, double narrowest)
    {
        (_newest, _opposite, _narrowest) = (one, other, narrowest);
        Next = At(0.5);
    }

    /// <summary>Where to evaluate; no number when the bracket is closed.</summary>
    public double Next { get; private set; }

    /// <summary>Takes the value at <see cref="Next"/> and moves on.</summary>
    public void Add(double value)
    {
        var third = _newest;
        if ((value > 0) != (_newest.Value > 0))
        {
            (third, _opposite) = (_opposite, _newest);
        }

        _newest = (Next, value);
        var least = _narrowest / Math.Abs(_opposite.At - _newest.At);
        Next = least <= 0.5 && HasInside ? At(Math.Clamp(Interpolated(third), least, 1 - least)) : double.NaN;
    }

    /// <summary>Whether there is a number between the two points.</summary>
    private readonly bool HasInside => At(0.5) is var middle && middle != _newest.At && middle != _opposite.At;

    /// <summary>The part of the way from the newest point to the opposite one where the root is expected.</summary>
    private readonly double Interpolated((double At, double Value) third)
    {
        var (x1, f1) = _newest;
        var (x2, f2) = _opposite;
        var (x3, f3) = third;
        var xi = (x1 - x2) / (x3 - x2);
        var phi = (f1 - f2) / (f3 - f2);
        var trusted = phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi;
        return trusted ? (f1 / (f2 - f1) * (f3 / (f2 - f3))) + ((x3 - x1) / (x2 - x1) * (f1 / (f3 - f1)) * (f2 / (f3 - f2))) : 0.5;
    }

    private readonly double At(double part) => _newest.At + (part * (_opposite.At - _newest.At));
}
