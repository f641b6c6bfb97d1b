using CsCheck;
using Nodal.Runtime;
using Nodal.Tasks;

namespace Nodal.Tests.Tasks;

public sealed class PairSplitterTests
{
    private static readonly double[] Shares = [.6, .2, .2];

    [Fact]
    public void Every_pair_is_in_one_split_and_no_prompt_in_two()
    {
        var prompt = Gen.Int[0, 40].Select(number => $"a {number}");
        Gen.Select(Gen.Select(prompt, prompt).Where((clean, corrupted) => clean != corrupted).Array[1, 40], Gen.Int[0, 9]).Sample((prompts, seed) =>
        {
            var pairs = Encode(prompts);
            try
            {
                var splits = PairSplitter.Split(pairs, Shares, seed, "pairs");
                return splits.Sum(split => split.Length) == pairs.Length && splits.SelectMany(split => split).ToHashSet().SetEquals(pairs)
                    && splits.All(split => split.Length > 0) && splits.Sum(split => split.Prompts().Distinct().Count()) == pairs.Prompts().Distinct().Count();
            }
            catch (NodalException fault)
            {
                return Groups(prompts) < 3 && fault.Message.Contains($"in {Groups(prompts)} groups", StringComparison.Ordinal);
            }
        });
    }

    [Theory]
    [InlineData(3, 1, 1, 1)]
    [InlineData(5, 3, 1, 1)]
    [InlineData(10, 6, 2, 2)]
    [InlineData(1000, 600, 200, 200)]
    public void Unrelated_pairs_are_split_60_20_20(int pairs, int train, int selection, int test)
    {
        var splits = PairSplitter.Split(Unrelated(pairs), Shares, seed: 1, "pairs");
        splits.Select(split => split.Length).ShouldBe([train, selection, test]);
    }

    [Fact]
    public void Duplicates_and_chains_of_shared_prompts_stay_together()
    {
        var pairs = Encode([("a 1", "a 2"), ("a 1", "a 3"), ("a 4", "a 3"), ("a 1", "a 2"), ("a 5", "a 6"), ("a 7", "a 8")]);
        for (var seed = 0; seed < 10; seed++)
        {
            var splits = PairSplitter.Split(pairs, Shares, seed, "pairs");
            splits.Select(split => split.Length).ShouldBe([4, 1, 1]);
        }
    }

    [Fact]
    public void The_seed_decides_the_split()
    {
        var pairs = Unrelated(50);
        string[] Train(int seed) => [.. PairSplitter.Split(pairs, Shares, seed, "pairs")[0].Select(pair => pair.Pair.Clean)];
        Train(4).ShouldBe(Train(4));
        Train(4).ShouldNotBe(Train(5));
    }

    [Fact]
    public void A_split_without_a_share_stays_empty()
    {
        var splits = PairSplitter.Split(Unrelated(4), [.75, .25, 0], seed: 0, "pairs");
        splits.Select(split => split.Length).ShouldBe([3, 1, 0]);
    }

    private static EncodedPair[] Unrelated(int count) => Encode([.. Enumerable.Range(0, count).Select(number => ($"a {number}", $"b {number}"))]);

    private static EncodedPair[] Encode((string Clean, string Corrupted)[] prompts)
    {
        var encoder = new PairEncoder(new WordTokenizer(digits: 4));
        return [.. prompts.Select(pair => encoder.Encode(Pairs.Of(pair.Clean, pair.Corrupted), out _)!)];
    }

    /// <summary>Connected components by repeated merging, the obvious way.</summary>
    private static int Groups((string Clean, string Corrupted)[] prompts)
    {
        var groups = new List<HashSet<string>>();
        foreach (var (clean, corrupted) in prompts)
        {
            var touched = groups.Where(group => group.Contains(clean) || group.Contains(corrupted)).ToArray();
            groups.RemoveAll(touched.Contains);
            groups.Add([clean, corrupted, .. touched.SelectMany(group => group)]);
        }

        return groups.Count;
    }
}
