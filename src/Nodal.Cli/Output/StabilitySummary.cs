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
        string[] Row(string size, IReadOnlyDictionary<Granularity, Overlap> overlaps) =>
            [size, .. granularities.Select(granularity => $"{Figures.Share(overlaps[granularity].Mean)} ({Figures.Share(overlaps[granularity].Worst)})")];
        FigureTable.Write(
            console, ["size", .. granularities.Select(granularity => GranularityWords.Of(granularity).Replace(' ', '\n'))],
            [Row("chosen", report.Chosen), .. report.Sizes.Select(size => Row(Figures.Share(size.Size), size.Overlap))]);
    }

    private static void WriteCurves(IAnsiConsole console, StabilityReport report)
    {
        FigureTable.Write(
            console, ["size", "mean\nof runs", "consensus", .. report.Runs.Select(run => $"seed\n{run.Seed}")],
            report.Sizes.Select(size => (string[])[Figures.Share(size.Size), Figures.Nats(size.MeanKl), Figures.Nats(size.ConsensusKl), .. size.Kl.Select(Figures.Nats)]));
    }
}
