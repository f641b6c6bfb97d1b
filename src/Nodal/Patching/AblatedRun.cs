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

    /// <summary>Whether layers and final stream are constants that all batches share.</summary>
    public bool Shared { get; init; }

    /// <summary>The same, of some rows of the batch.</summary>
    /// <param name="rows">(n) int64.</param>
    public AblatedRun Select(Tensor rows)
    {
        var delta = InitialDelta.index_select(0, rows);
        return Shared
            ? this with { InitialDelta = delta }
            : new AblatedRun
            {
                InitialDelta = delta,
                Layers = [.. Layers.Select(layer => layer.Select(rows))],
                FinalStream = FinalStream.index_select(0, rows),
            };
    }

    /// <summary>The tensors that belong to this run alone.</summary>
    public IEnumerable<Tensor> Tensors() => Shared ? [InitialDelta] : Layers.SelectMany(layer => layer.Tensors()).Append(InitialDelta).Append(FinalStream);

    /// <summary>Runs of pairs of one length as one.</summary>
    public static AblatedRun Concat(IReadOnlyList<AblatedRun> parts)
    {
        var delta = cat([.. parts.Select(part => part.InitialDelta)]);
        return parts[0].Shared
            ? parts[0] with { InitialDelta = delta }
            : new AblatedRun
            {
                InitialDelta = delta,
                Layers = [.. parts[0].Layers.Select((_, layer) => AblatedLayer.Concat([.. parts.Select(part => part.Layers[layer])]))],
                FinalStream = cat([.. parts.Select(part => part.FinalStream)]),
            };
    }
}
