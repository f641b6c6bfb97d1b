using Nodal.Evaluation;
using Nodal.Gates;
using Spectre.Console;

namespace Nodal.Cli.Output;

/// <summary>Size → faithfulness: one row per circuit, from all nodes closed to the full model, the chosen circuit marked.</summary>
internal static class SizeTable
{
    private static readonly string[] First = ["", "size"];
    private static readonly string[] Measured = ["KL", "95 %", "logit\ndifference", "accuracy", "exact\nmatch"];

    public static void Write(IAnsiConsole console, IEnumerable<EvaluationRow> rows, EvaluationRow allClosed, EvaluationRow chosen, GateLayout layout)
    {
        string[] kept = ["parameters", .. layout.Granularities.Select(granularity => GranularityWords.Of(granularity).Replace(' ', '\n'))];
        var circuits = rows.Append(chosen).DistinctBy(row => (row.Parameters, row.Kl)).OrderBy(row => row.Size);
        string[][] cells =
        [
            Cells("all closed", allClosed),
            .. circuits.Select(row => Cells((row.Parameters, row.Kl) == (chosen.Parameters, chosen.Kl) ? "chosen" : "", row)),
            Full(chosen, layout),
        ];
        string[] headers = [.. First, .. Measured, .. kept];
        if (FigureTable.Fits(console, headers, cells))
        {
            FigureTable.Write(console, headers, cells);
            return;
        }

        var measured = First.Length + Measured.Length;
        FigureTable.Write(console, [.. First, .. Measured], cells.Select(row => row[..measured]), keys: First.Length, gap: 0);
        FigureTable.Write(console, [.. First, .. kept], cells.Select(row => (string[])[.. row[..First.Length], .. row[measured..]]), keys: First.Length, gap: 0);
    }

    private static string[] Cells(string mark, EvaluationRow row) =>
    [
        mark, Figures.Share(row.Size), Figures.Nats(row.Kl), Figures.Range(row.Intervals.Kl), Figures.Logits(row.LogitDifference), Figures.Share(row.Accuracy),
        Figures.Share(row.ExactMatch), Figures.Count(row.Parameters), .. row.Nodes.Values.Select(count => Figures.Count(count)),
    ];

    private static string[] Full(EvaluationRow measured, GateLayout layout) =>
    [
        "full model", "1", "0", "", Figures.Logits(measured.FullLogitDifference), Figures.Share(measured.FullAccuracy), "1", Figures.Count(new SizeAccount(layout).Total),
        .. layout.Granularities.Select(granularity => Figures.Count(layout.PerLayer(granularity) * layout.Rows(granularity))),
    ];
}
