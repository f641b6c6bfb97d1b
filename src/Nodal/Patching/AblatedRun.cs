using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Nodal.Patching;

/// <summary>The forward pass with every gate closed: it holds no gate, so it is run once per pair.</summary>
internal sealed record AblatedRun
{
    /// <summary>(b, t, d): δ_0, what the clean embedding adds to the ablated stream.</summary>
    public required Tensor InitialDelta { get; init; }

    /// <summary>Shapes (b, t, …); of constants (c, …), one row for each class of positions.</summary>
    public required ImmutableArray<AblatedLayer> Layers { get; init; }

    /// <summary>(b, t, d), or (c, d): the ablated stream after the last layer.</summary>
    public required Tensor FinalStream { get; init; }

    /// <summary>Where layers and final stream are constants that all batches share: which positions have which; else <see langword="null"/>.</summary>
    public MeanPositions? Constants { get; init; }

    /// <summary>Where every pair of the batch is asked.</summary>
    public required int AnswerPosition { get; init; }

    /// <summary>A layer at every position, in the caller's dispose scope: (b, t, …), or of constants (1, t, …) and (1, 1, …).</summary>
    public AblatedLayer At(int layer) => Constants is null ? Layers[layer] : Layers[layer] with
    {
        StreamBeforeAttention = AtPositions(Layers[layer].StreamBeforeAttention),
        Heads = AtPositions(Layers[layer].Heads),
        StreamBeforeMlp = AtPositions(Layers[layer].StreamBeforeMlp),
        Hidden = AtPositions(Layers[layer].Hidden),
    };

    /// <summary>The ablated stream after the last layer at every position, as <see cref="At"/>.</summary>
    public Tensor FinalAtPositions() => Constants is null ? FinalStream : AtPositions(FinalStream);

    /// <summary>The same, of some rows of the batch.</summary>
    /// <param name="rows">(n) int64.</param>
    public AblatedRun Select(Tensor rows)
    {
        var delta = InitialDelta.index_select(0, rows);
        return Constants is not null
            ? this with { InitialDelta = delta }
            : new AblatedRun
            {
                InitialDelta = delta,
                Layers = [.. Layers.Select(layer => layer.Select(rows))],
                FinalStream = FinalStream.index_select(0, rows),
                AnswerPosition = AnswerPosition,
            };
    }

    /// <summary>The tensors that belong to this run alone.</summary>
    public IEnumerable<Tensor> Tensors() => Constants is not null ? [InitialDelta] : Layers.SelectMany(layer => layer.Tensors()).Append(InitialDelta).Append(FinalStream);

    /// <summary>Runs of pairs of one length and answer position as one.</summary>
    public static AblatedRun Concat(IReadOnlyList<AblatedRun> parts)
    {
        var delta = cat([.. parts.Select(part => part.InitialDelta)]);
        return parts[0].Constants is not null
            ? parts[0] with { InitialDelta = delta }
            : new AblatedRun
            {
                InitialDelta = delta,
                Layers = [.. parts[0].Layers.Select((_, layer) => AblatedLayer.Concat([.. parts.Select(part => part.Layers[layer])]))],
                FinalStream = cat([.. parts.Select(part => part.FinalStream)]),
                AnswerPosition = parts[0].AnswerPosition,
            };
    }

    /// <param name="constants">(c, n).</param>
    /// <returns>(1, t, n), or (1, 1, n) where there is one class.</returns>
    private Tensor AtPositions(Tensor constants)
    {
        if (constants.shape[0] == 1)
        {
            return constants.unsqueeze(0);
        }

        var classes = PositionClasses.Of(Constants!.Value, (int)InitialDelta.shape[1], AnswerPosition);
        using var index = tensor(Array.ConvertAll(classes, one => (long)one));
        using var rows = constants.index_select(0, index);
        return rows.unsqueeze(0);
    }
}
