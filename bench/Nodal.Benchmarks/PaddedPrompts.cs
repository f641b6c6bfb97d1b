using System.Collections.Immutable;
using Nodal.Tasks;
using static TorchSharp.torch;

namespace Nodal.Benchmarks;

/// <summary>Prompts of any length in one tensor, padded on the right; made in the current dispose scope.</summary>
internal sealed class PaddedPrompts
{
    private readonly long[] _answers;

    /// <param name="pairs">At least one.</param>
    /// <param name="padTo">Tokens a row holds, not less than the longest prompt; default: as many as that.</param>
    public PaddedPrompts(IReadOnlyList<EncodedPair> pairs, int? padTo)
    {
        var width = Math.Max(padTo ?? 0, pairs.Max(pair => pair.Length));
        (Clean, Corrupted) = (Tokens(pairs, pair => pair.Clean, width), Tokens(pairs, pair => pair.Corrupted, width));
        _answers = [.. pairs.Select((pair, row) => ((long)row * width) + pair.Length - 1)];
    }

    /// <summary>(b, t) int64.</summary>
    public Tensor Clean { get; }

    /// <summary>(b, t) int64.</summary>
    public Tensor Corrupted { get; }

    /// <summary>(b, t, …) to (b, …): what stands at each prompt's own last token.</summary>
    public Tensor AtAnswer(Tensor all)
    {
        using var scope = NewDisposeScope();
        return all.flatten(0, 1).index_select(0, tensor(_answers)).MoveToOuterDisposeScope();
    }

    private static Tensor Tokens(IReadOnlyList<EncodedPair> pairs, Func<EncodedPair, ImmutableArray<int>> side, int width)
    {
        var ids = new long[pairs.Count * width];
        for (var row = 0; row < pairs.Count; row++)
        {
            var prompt = side(pairs[row]);
            for (var token = 0; token < width; token++)
            {
                // Any token serves as padding: nothing looks at it.
                ids[(row * width) + token] = prompt[Math.Min(token, prompt.Length - 1)];
            }
        }

        return tensor(ids, pairs.Count, width);
    }
}
