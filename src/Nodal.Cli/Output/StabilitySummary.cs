using Nodal.Circuits;
using Nodal.Gates;
using Nodal.Runs;
using Spectre.Console;

namespace Nodal.Cli.Output;

/// <summary>How far several runs agree, and their consensus beside them, for a person.</summary>
internal static class StabilitySummary
{
    public static void Write(IAnsiConsole console, StabilityReport report)
    {
        console.Line($"{report.Runs.Length} runs on the same pairs, seeds {string.Join(", ", report.Runs.Select(run => run.Seed))}. Jaccard overlap of their circuits, mean (worst):");
        WriteOverlaps(console, report);
        console.Line("KL(full ‖ circuit) on the same test pairs, nats:");
        WriteCurves(console, report);
    }

    private static void WriteOverlaps(IAnsiConsole console, StabilityReport report)
    {
        var granularities = report.Chosen.Keys.ToArray();
        var table = FigureTable.Of(["size", .. granularities.Select(granularity => GranularityWords.Of(granularity).Replace(' ', '\n'))]);
        string[] Row(string size, IReadOnlyDictionary<Granularity, Overlap> overlaps) =>
            [size, .. granularities.Select(granularity => $"{Figures.Share(overlaps[granularity].Mean)} ({Figures.Share(overlaps[granularity].Worst)})")];
        table.AddCells(Row("chosen", report.Chosen));
        foreach (var size in report.Sizes)
        {
            table.AddCells(Row(Figures.Share(size.Size), size.Overlap));
        }

        console.Write(table);
    }

    private static void WriteCurves(IAnsiConsole console, StabilityReport report)
    {
        var table = FigureTable.Of(["size", "mean\nof runs", "consensus", .. report.Runs.Select(run => $"seed\n{run.Seed}")]);
        foreach (var size in report.Sizes)
        {
            table.AddCells([Figures.Share(size.Size), Figures.Nats(size.MeanKl), Figures.Nats(size.ConsensusKl), .. size.Kl.Select(Figures.Nats)]);
        }

        console.Write(table);
    }
}
