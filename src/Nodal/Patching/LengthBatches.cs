using Nodal.Tasks;

namespace Nodal.Patching;

/// <summary>Batches in which all prompts have one length, so that nothing is padded, and one answer position.</summary>
internal static class LengthBatches
{
    private const int BatchSize = 32;

    /// <summary>Positions of the pairs of each batch, at most 32 of a kind together.</summary>
    public static IEnumerable<int[]> Of(IReadOnlyList<EncodedPair> pairs) =>
        Enumerable.Range(0, pairs.Count).GroupBy(i => (pairs[i].Length, pairs[i].AnswerPosition)).SelectMany(group => group.Chunk(BatchSize));
}
