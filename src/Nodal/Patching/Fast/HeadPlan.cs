namespace Nodal.Patching.Fast;

/// <summary>One open query head of a compacted attention block.</summary>
/// <param name="Head">Which head.</param>
/// <param name="Slot">How many open heads come before it.</param>
/// <param name="QueryColumn">Where its queries begin.</param>
/// <param name="FirstColumn">Where its open neurons begin among those of the block.</param>
/// <param name="Neurons">Open neurons, as positions in z.</param>
/// <param name="Values">The same, as positions among the values its group computes.</param>
internal sealed record HeadPlan(int Head, int Slot, int QueryColumn, int FirstColumn, int[] Neurons, int[] Values);
