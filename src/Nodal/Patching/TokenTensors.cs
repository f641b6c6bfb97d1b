using System.Collections.Immutable;
using Nodal.Tasks;
using static TorchSharp.torch;

namespace Nodal.Patching;

/// <summary>Token ids of pairs of one length as a tensor.</summary>
internal static class TokenTensors
{
    /// <summary>(b, t) int64.</summary>
    public static Tensor Of(IReadOnlyList<EncodedPair> pairs, Func<EncodedPair, ImmutableArray<int>> side)
    {
        var ids = pairs.SelectMany(pair => side(pair)).Select(id => (long)id).ToArray();
        return tensor(ids, pairs.Count, pairs[0].Length);
    }
}
