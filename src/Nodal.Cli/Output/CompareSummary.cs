using System.Globalization;
using Nodal.Comparison;
using Nodal.Gates;
using Spectre.Console;

namespace Nodal.Cli.Output;

/// <summary>How far two circuits agree, for a person.</summary>
internal static class CompareSummary
{
    public static void Write(IAnsiConsole console, ComparisonReport report)
    {
        console.Line($"A {Words(report.One)}");
        console.Line($"B {Words(report.Other)}");
        console.Line(report.Summary);
        console.WriteLine();
        WriteCircuits(console, report);
        if (report.Rankings is { } rankings)
        {
            WriteRankings(console, rankings);
        }

        WriteDepths(console, report);
        foreach (var file in report.Written)
        {
            console.Line($"circuit {file}");
        }
    }

    private static string Words(ComparedSide side) =>
        $"{side.Circuit}   model {side.Model}   task {side.Task}   {side.Method}, {side.Ablation.ToLowerInvariant()} ablation, seed {side.Seed}   size {Figures.Share(side.Size)}";

    private static void WriteCircuits(IAnsiConsole console, ComparisonReport report)
    {
        if (report.Overlap is not { } overlaps)
        {
            console.Line("Share of nodes kept:");
            var shares = FigureTable.Of("", "A", "B");
            foreach (var (granularity, share) in report.One.Depth.Kept.Where(kept => report.Other.Depth.Kept.ContainsKey(kept.Key)))
            {
                shares.AddCells(GranularityWords.Of(granularity), Figures.Share(share), Figures.Share(report.Other.Depth.Kept[granularity]));
            }

            console.Write(shares);
            return;
        }

        console.Line("Overlap of the circuits: Jaccard index, what chance gives sets of these sizes, and the index corrected for it:");
        var table = FigureTable.Of("", "A", "B", "both", "all", "Jaccard", "chance", "corrected");
        foreach (var (granularity, overlap) in overlaps)
        {
            table.AddCells(GranularityWords.Of(granularity), Figures.Count(overlap.One), Figures.Count(overlap.Other), Figures.Count(overlap.Both), Figures.Count(overlap.All),
                Figures.Share(overlap.Jaccard), Figures.Share(overlap.Chance), Figures.Share(overlap.Corrected));
        }

        console.Write(table);
    }

    private static void WriteRankings(IAnsiConsole console, RankingAgreement rankings)
    {
        Granularity[] granularities = [.. rankings.ByGranularity.Keys];
        console.Line($"Overlap of the rankings: Spearman's correlation ({Figures.Share(rankings.Spearman)} over all nodes), and Jaccard indices (corrected for chance) of their circuits of one size:");
        var table = FigureTable.Of(["size", .. granularities.Select(granularity => GranularityWords.Of(granularity).Replace(' ', '\n'))]);
        table.AddCells(["correlation", .. granularities.Select(granularity => Figures.Share(rankings.ByGranularity[granularity]))]);
        foreach (var size in rankings.Sizes)
        {
            table.AddCells([Figures.Share(size.Size), .. granularities.Select(granularity => $"{Figures.Share(size.Overlap[granularity].Jaccard)} ({Figures.Share(size.Overlap[granularity].Corrected)})")]);
        }

        console.Write(table);
    }

    private static void WriteDepths(IAnsiConsole console, ComparisonReport report)
    {
        console.Line($"Where the circuits are: share of their parameters in each tenth of the depth, of which {Figures.Share(report.DepthOverlap)} coincide:");
        var table = FigureTable.Of(["", .. Enumerable.Range(1, report.One.Depth.Parameters.Length).Select(part => part.ToString(CultureInfo.InvariantCulture))]);
        table.AddCells(["A", .. report.One.Depth.Parameters.Select(Figures.Share)]);
        table.AddCells(["B", .. report.Other.Depth.Parameters.Select(Figures.Share)]);
        console.Write(table);
    }
}
