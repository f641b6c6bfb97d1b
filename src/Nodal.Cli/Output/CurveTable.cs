using Nodal.Evaluation.Evidence;
using Spectre.Console;

namespace Nodal.Cli.Output;

/// <summary>Faithfulness over sizes, and its areas.</summary>
internal static class CurveTable
{
    public static void Write(IAnsiConsole console, CurveEvidence curve)
    {
        console.Line($"Faithfulness f over the sizes of the ranking (MIB, arXiv 2504.13151; {curve.Runs} runs). CPR: area under f, more is better; CMD: area under |1 − f|, 0 is best.");
        FigureTable.Write(console, ["size", "f by\nparameters", "KL", "f by\nnodes", "KL"], curve.Parameters.Points.Zip(curve.Nodes.Points, (parameters, nodes) => new[]
        {
            Figures.Share(parameters.Size), Figures.Of(parameters.Faithfulness), Figures.Nats(parameters.Kl.Value), Figures.Of(nodes.Faithfulness), Figures.Nats(nodes.Kl.Value),
        }));
        console.Facts(
        [
            .. Areas("parameters", curve.Parameters),
            .. Areas("nodes", curve.Nodes),
        ]);
    }

    private static IEnumerable<(string Name, string Value)> Areas(string unit, FaithfulnessFamily family) =>
    [
        ($"over {unit}, linear", Words(family.Linear)),
        ($"over {unit}, logarithmic", Words(family.Logarithmic)),
    ];

    private static string Words(FaithfulnessArea area) => $"CPR {Figures.Of(area.Cpr)}   CMD {Figures.Of(area.Cmd)}";
}
