namespace Nodal.Patching.Fast;

/// <summary>The rows of one pair in the matrices of a piece.</summary>
/// <param name="Pair">Which pair.</param>
/// <param name="First">Its first row.</param>
/// <param name="Count">Its rows.</param>
/// <param name="Position">The token the first row stands for.</param>
internal readonly record struct RowSpan(int Pair, int First, int Count, int Position);
