using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Nodal.Patching;

/// <summary>The forward pass with every gate closed: it holds no gate, so it is run once per pair.</summary>
internal sealed record AblatedRun
{
    /// <summary>(b, t, d): δ_0, what the clean embedding adds to the ablated stream.</summary>
    public required Tensor InitialDelta { get; init; }

    public required ImmutableArray<AblatedLayer> Layers { get; init; }

    /// <summary>(b, t, d): the ablated stream after the last layer.</summary>
    public required Tensor FinalStream { get; init; }
}
