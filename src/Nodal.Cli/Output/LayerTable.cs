using System.Globalization;
using Nodal.Evaluation.Evidence;
using Nodal.Gates;
using Nodal.Runtime;
using Spectre.Console;

namespace Nodal.Cli.Output;

/// <summary>The circuit layer by layer, and with a third of the layers forced open.</summary>
internal static class LayerTable
{
    public static void Write(IAnsiConsole console, LayerEvidence evidence)
    {
        console.Line($"Where the circuit sits ({evidence.Runs} runs)");
        Granularity[] counted = [Granularity.Head, Granularity.AttentionNeuron, Granularity.MlpHidden, Granularity.MlpOutput];
        FigureTable.Write(
            console, ["layer", "parameters", "size", "share of\ncircuit", .. counted.Select(granularity => GranularityWords.Of(granularity).Replace(' ', '\n'))],
            evidence.Layers.Select(layer => (string[])
            [
                layer.Layer.ToString(CultureInfo.InvariantCulture), Figures.Count(layer.Parameters), Figures.Share(layer.Size), Figures.Share(layer.CircuitShare),
                .. counted.Select(granularity => Figures.Count(layer.Nodes[granularity])),
            ]));
        FigureTable.Write(console, ["forced open", "layers", "size there\nbefore", "size", "KL", "drop of KL"], evidence.ForcedOpen.Select(third => new[]
        {
            Words.Of(third.Third), $"{third.FirstLayer}–{third.LastLayer}", Figures.Share(third.CircuitSize), Figures.Share(third.Result.Size),
            $"{Figures.Nats(third.Result.Kl)} {Figures.Range(third.Result.Intervals.Kl)}", Figures.Of(third.KlDrop),
        }), words: [0]);
    }
}
