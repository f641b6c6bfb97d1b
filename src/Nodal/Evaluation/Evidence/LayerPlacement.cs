using System.Collections.Immutable;
using Nodal.Circuits;
using Nodal.Gates;

namespace Nodal.Evaluation.Evidence;

/// <summary>Where in the model a circuit sits, layer by layer, and what is gained where a third of the layers is forced open.</summary>
/// <remarks>
/// Multi-granular node pruning (Haider et al. 2025, arXiv 2512.10903) is reported to be weak where early layers matter. A third whose opening takes away much of the circuit's KL is one in which
/// the circuit has left out too much. Sizes are those of <see cref="SizeAccount"/>, which is a sum over layers. The measure is Nodal's own.
/// </remarks>
internal static class LayerPlacement
{
    /// <summary>The shares and the opened circuits.</summary>
    public static LayerEvidence Of(EvidenceSetting setting)
    {
        var thirds = Thirds(setting.Layout.Config.Layers);
        var runs = setting.Begin(EvidencePart.Layers, thirds.Length);
        NodeSet[] opened = [.. thirds.Select(third => Opened(setting.Circuit, third.First, third.Last))];
        var measured = runs.Measure(opened);
        var evaluation = new CircuitEvaluation(setting.Runner, setting.Layout, setting.Seed);
        var shares = Shares(setting.Circuit);
        return new LayerEvidence(
            shares,
            [
                .. thirds.Select((third, i) => new OpenThird(
                    third.Third, third.First, third.Last, shares[third.First..(third.Last + 1)].Average(share => share.Size), evaluation.Row(opened[i], measured[i]),
                    Estimate.OfMean([.. setting.Measured.Zip(measured[i], (before, after) => before.Kl - after.Kl)], setting.Seed))),
            ],
            runs.Count);
    }

    /// <summary>First and last layer of each third that has any.</summary>
    internal static ImmutableArray<(ModelThird Third, int First, int Last)> Thirds(int layers) =>
    [
        .. Enum.GetValues<ModelThird>().Select(third => (Third: third, First: (int)third * layers / 3, Last: (((int)third + 1) * layers / 3) - 1)).Where(third => third.Last >= third.First),
    ];

    private static ImmutableArray<LayerShare> Shares(NodeSet circuit)
    {
        var layout = circuit.Layout;
        var (account, gates) = (new SizeAccount(layout), circuit.Gates());
        var (layer, whole) = ((double)account.Total / layout.Config.Layers, account.Parameters(gates));
        return
        [
            .. Enumerable.Range(0, layout.Config.Layers).Select(number =>
            {
                var parameters = account.Parameters(gates, number);
                var counts = layout.Granularities.Where(granularity => granularity != Granularity.Embedding)
                    .ToImmutableSortedDictionary(granularity => granularity, granularity => circuit.Count(granularity, number));
                return new LayerShare(number, (long)Math.Round(parameters), parameters / layer, whole > 0 ? parameters / whole : 0, counts);
            }),
        ];
    }

    /// <summary>A circuit and every node of some layers; the embedding stays as it was.</summary>
    private static NodeSet Opened(NodeSet circuit, int first, int last)
    {
        var layout = circuit.Layout;
        return NodeSet.Close(
            layout,
            [.. Enumerable.Range(0, layout.Count).Select(position => circuit[position] || (layout[position] is { Granularity: not Granularity.Embedding } node && node.Layer >= first && node.Layer <= last))]);
    }
}
