namespace Nodal.Patching;

/// <summary>The gates of one step, and which of them the engine has to compute.</summary>
/// <remarks>
/// A gate that is 0 because its score is far from the threshold has neither output nor gradient, and is left out. Where a gate that is 0 has a gradient all the same
/// (straight-through estimates, attributions, what opening a closed node would do), it is live: computed, though nothing comes out of it.
/// </remarks>
internal sealed class GateValues
{
    /// <param name="values">(gates), each in [0, 1]; not copied.</param>
    /// <param name="live">(gates): which have a gradient; default those that are not 0. Not copied; where a gate is not 0 it must be set.</param>
    public GateValues(double[] values, bool[]? live = null)
    {
        Values = values;
        Live = live ?? Array.ConvertAll(values, value => value != 0);
    }

    /// <summary>(gates), each in [0, 1].</summary>
    public double[] Values { get; }

    /// <summary>(gates): which are computed, unless an ancestor is not.</summary>
    public bool[] Live { get; }

    /// <summary>Gates of which those that are 0 have no gradient.</summary>
    public static implicit operator GateValues(double[] values) => new(values);

    /// <summary>Gates that all have a gradient, those that are 0 too.</summary>
    public static GateValues AllLive(double[] values) => new(values, Array.ConvertAll(values, _ => true));
}
