using Nodal.Gates;

namespace Nodal.Patching.Fast;

/// <summary>The gate of δ_0, what the clean embedding adds to the ablated stream.</summary>
/// <param name="Value">In [0, 1]; 1 where the embedding has no gate.</param>
/// <param name="Live">Whether it has a gradient.</param>
internal readonly record struct EmbeddingGate(float Value, bool Live)
{
    /// <summary>Of gates in a layout with or without it.</summary>
    public static EmbeddingGate Of(GateLayout layout, GateValues gates)
    {
        var position = layout.Offset(Granularity.Embedding);
        return layout.Has(Granularity.Embedding) ? new EmbeddingGate((float)gates.Values[position], gates.Live[position]) : new EmbeddingGate(1, Live: false);
    }
}
