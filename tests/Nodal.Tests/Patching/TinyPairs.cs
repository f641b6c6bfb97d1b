using System.Collections.Immutable;
using Nodal.Models;
using Nodal.Tasks;
using static TorchSharp.torch;

namespace Nodal.Tests.Patching;

/// <summary>Random pairs for tiny models: the prompts differ at their second and third token and agree everywhere else.</summary>
internal static class TinyPairs
{
    public static EncodedPair[] Make(ModelConfig config, int count, int length = 6, int seed = 5)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(number => Pair(config, random, number, length))];
    }

    /// <summary>(b, t) int64.</summary>
    public static Tensor Clean(IEnumerable<EncodedPair> pairs) => Tokens(pairs, pair => pair.Clean);

    /// <inheritdoc cref="Clean"/>
    public static Tensor Corrupted(IEnumerable<EncodedPair> pairs) => Tokens(pairs, pair => pair.Corrupted);

    private static EncodedPair Pair(ModelConfig config, Random random, int number, int length)
    {
        var clean = Enumerable.Range(0, length).Select(_ => random.Next(config.VocabularySize)).ToArray();
        var corrupted = clean.Select((token, i) => i is 1 or 2 ? (token + 1 + random.Next(config.VocabularySize - 1)) % config.VocabularySize : token);
        var said = Enumerable.Range(0, config.OutputSize).ToArray();
        random.Shuffle(said);
        return new EncodedPair
        {
            Pair = new PromptPair { Clean = $"clean {number} of {length}", Corrupted = $"corrupted {number} of {length}", Answers = ["answer"], Foils = ["foil"] },
            Clean = [.. clean],
            Corrupted = [.. corrupted],
            Answers = [.. said.Take(1 + (number % 2))],
            Foils = [.. said.Skip(2).Take(1 + (number % 3))],
        };
    }

    private static Tensor Tokens(IEnumerable<EncodedPair> pairs, Func<EncodedPair, ImmutableArray<int>> side)
    {
        var rows = pairs.Select(pair => side(pair).Select(id => (long)id).ToArray()).ToArray();
        return tensor(rows.SelectMany(row => row).ToArray(), rows.Length, rows[0].Length);
    }
}
