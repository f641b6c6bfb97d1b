using System.Collections.Immutable;
using Nodal.Models;
using Nodal.Tasks;

namespace Nodal.Benchmarks;

/// <summary>Pairs of random tokens that share only their first one: no common prefix to save work on.</summary>
internal static class RandomPairs
{
    /// <summary>Pairs of one length.</summary>
    public static ImmutableArray<EncodedPair> Make(ModelConfig config, int count, int tokens, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(number => Pair(config.VocabularySize, random, number, tokens))];
    }

    private static EncodedPair Pair(int vocabulary, Random random, int number, int tokens)
    {
        var clean = Enumerable.Range(0, tokens).Select(_ => random.Next(vocabulary)).ToArray();
        var corrupted = clean.Select((token, position) => position == 0 ? token : (token + 1 + random.Next(vocabulary - 1)) % vocabulary);
        return new EncodedPair
        {
            Pair = new PromptPair { Clean = $"clean {number}", Corrupted = $"corrupted {number}", Answers = ["answer"], Foils = ["foil"] },
            Clean = [.. clean],
            Corrupted = [.. corrupted],
            Answers = [0],
            Foils = [1],
        };
    }
}
