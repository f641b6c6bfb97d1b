namespace Nodal.Patching.Fast;

/// <summary>A key/value head that lives, and the open query heads that share it.</summary>
/// <param name="KeyValueHead">Which one.</param>
/// <param name="KeyColumn">Where its keys begin.</param>
/// <param name="ValueColumn">Where its values begin.</param>
/// <param name="Dimensions">Dimensions of the values that an open query head keeps.</param>
/// <param name="Heads">The query heads.</param>
internal sealed record GroupPlan(int KeyValueHead, int KeyColumn, int ValueColumn, int[] Dimensions, HeadPlan[] Heads)
{
    /// <summary>Columns of the values, padded.</summary>
    public int ValueWidth { get; } = Lanes.Pad(Dimensions.Length);
}
