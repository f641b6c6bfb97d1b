using System.Collections.Immutable;
using Nodal.Runtime;

namespace Nodal.Tasks;

/// <summary>Splits the pairs of a file so that no prompt, clean or corrupted, comes into two splits.</summary>
/// <remarks>Pairs that share a prompt, directly or through others, form a group; groups are put, largest first, where most is lacking.</remarks>
internal static class PairSplitter
{
    /// <param name="pairs">The pairs of the file.</param>
    /// <param name="shares">Share of each split, summing to 1; a share of 0 leaves the split empty.</param>
    /// <param name="seed">Decides which groups go where, and the order within each split.</param>
    /// <param name="name">What errors call the file.</param>
    /// <exception cref="NodalException">A split with a share would stay empty.</exception>
    public static ImmutableArray<ImmutableArray<EncodedPair>> Split(
        IReadOnlyList<EncodedPair> pairs, IReadOnlyList<double> shares, int seed, string name)
    {
        var random = new Random(seed);
        var groups = Groups(pairs);
        random.Shuffle(groups);
        var wanted = Enumerable.Range(0, shares.Count).Where(split => shares[split] > 0).ToArray();
        if (groups.Length < wanted.Length)
        {
            Throw.Input(
                $"the pairs of {name} cannot be split", found: $"{pairs.Count} pairs in {groups.Length} groups that share no prompt",
                expected: $"at least {wanted.Length} groups, one for each split", remedy: "Add pairs with other prompts, or give files of their own for selection and test");
        }

        var splits = shares.Select(_ => new List<EncodedPair>()).ToArray();
        foreach (var group in groups.OrderByDescending(group => group.Count))
        {
            splits[wanted.MinBy(split => splits[split].Count / shares[split])].AddRange(group);
        }

        return [.. splits.Select(split => Shuffled(split, random))];
    }

    private static ImmutableArray<EncodedPair> Shuffled(List<EncodedPair> split, Random random)
    {
        var shuffled = split.ToArray();
        random.Shuffle(shuffled);
        return [.. shuffled];
    }

    /// <summary>Connected components of the graph whose nodes are prompts and whose edges are pairs, in the order of their first pair.</summary>
    private static List<EncodedPair>[] Groups(IReadOnlyList<EncodedPair> pairs)
    {
        var parents = new Dictionary<string, string>();
        foreach (var pair in pairs)
        {
            parents[Root(parents, pair.Pair.Clean)] = Root(parents, pair.Pair.Corrupted);
        }

        var groups = new Dictionary<string, List<EncodedPair>>();
        var inOrder = new List<List<EncodedPair>>();
        foreach (var pair in pairs)
        {
            var root = Root(parents, pair.Pair.Clean);
            if (!groups.TryGetValue(root, out var group))
            {
                groups.Add(root, group = []);
                inOrder.Add(group);
            }

            group.Add(pair);
        }

        return [.. inOrder];
    }

    private static string Root(Dictionary<string, string> parents, string prompt)
    {
        parents.TryAdd(prompt, prompt);
        while (parents[prompt] != prompt)
        {
            prompt = parents[prompt] = parents[parents[prompt]];
        }

        return prompt;
    }
}
