namespace Nodal.Patching.Fast;

/// <summary>One pair and one key/value head in one layer.</summary>
internal readonly struct AttentionWork<T>
    where T : unmanaged, IElement<T>
{
    public required int Layer { get; init; }

    public required AblatedActivations<T> Ablated { get; init; }

    public required GroupPlan Group { get; init; }

    /// <summary>The positions whose keys and values are computed.</summary>
    public required RowSpan Own { get; init; }

    /// <summary>The positions that ask.</summary>
    public required RowSpan Queries { get; init; }

    /// <summary>Positions of the prompt.</summary>
    public int Keys => Own.Position + Own.Count;

    public int PaddedKeys => Lanes.Pad(Keys);
}
