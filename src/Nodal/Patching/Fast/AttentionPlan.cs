namespace Nodal.Patching.Fast;

/// <summary>What is open of one attention block, and its weights: those of closed heads, keys, values and neurons are left out.</summary>
internal sealed record AttentionPlan<T>
    where T : unmanaged, IElement<T>
{
    /// <summary>The block's own gate.</summary>
    public required double Block { get; init; }

    /// <summary>Key/value heads that live; none where every head is closed.</summary>
    public required GroupPlan[] Groups { get; init; }

    /// <summary>(columns): effective gates of the open neurons, head after head; 0 beyond them.</summary>
    public required float[] Effective { get; init; }

    /// <summary>Whether they are all 1, so that nothing need be multiplied.</summary>
    public required bool WhollyOpen { get; init; }

    /// <summary>(queries, d').</summary>
    public required Matrix<T> Query { get; init; }

    /// <summary>(keys + values, d').</summary>
    public required Matrix<T> KeyValue { get; init; }

    /// <summary>(columns, d').</summary>
    public required Matrix<T> Output { get; init; }

    /// <summary>Padded number of open neurons.</summary>
    public int Columns => Effective.Length;
}
