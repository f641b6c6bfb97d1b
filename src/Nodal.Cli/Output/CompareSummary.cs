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
            FigureTable.Write(
                console, ["", "A", "B"], report.One.Depth.Kept.Where(kept => report.Other.Depth.Kept.ContainsKey(kept.Key))
                    .Select(kept => (string[])[GranularityWords.Of(kept.Key), Figures.Share(kept.Value), Figures.Share(report.Other.Depth.Kept[kept.Key])]), words: [0]);
            return;
        }

        console.Line("Overlap of the circuits: Jaccard index, what chance gives sets of these sizes, and the index corrected for it:");
        FigureTable.Write(
            console, ["", "A", "B", "both", "all", "Jaccard", "chance", "corrected"], overlaps.Select(one => (string[])
            [
                GranularityWords.Of(one.Key), Figures.Count(one.Value.One), Figures.Count(one.Value.Other), Figures.Count(one.Value.Both), Figures.Count(one.Value.All),
                Figures.Share(one.Value.Jaccard), Figures.Share(one.Value.Chance), Figures.Share(one.Value.Corrected),
            ]), words: [0]);
    }

    private static void WriteRankings(IAnsiConsole console, RankingAgreement rankings)
    {
        Granularity[] granularities = [.. rankings.ByGranularity.Keys];
        console.Line($"Overlap of the rankings: Spearman's correlation ({Figures.Share(rankings.Spearman)} over all nodes), and Jaccard indices (corrected for chance) of their circuits of one size:");
        FigureTable.Write(
            console, ["size", .. granularities.Select(granularity => GranularityWords.Of(granularity).Replace(' ', '\n'))],
            [
                ["correlation", .. granularities.Select(granularity => Figures.Share(rankings.ByGranularity[granularity]))],
                .. rankings.Sizes.Select(size => (string[])
                [
                    Figures.Share(size.Size), .. granularities.Select(granularity => $"{Figures.Share(size.Overlap[granularity].Jaccard)} ({Figures.Share(size.Overlap[granularity].Corrected)})"),
                ]),
            ]);
    }

    private static void WriteDepths(IAnsiConsole console, ComparisonReport report)
    {
        console.Line($"Where the circuits are: share of their parameters in each tenth of the depth, of which {Figures.Share(report.DepthOverlap)} coincide:");
        FigureTable.Write(
            console, ["", .. Enumerable.Range(1, report.One.Depth.Parameters.Length).Select(part => part.ToString(CultureInfo.InvariantCulture))],
            [["A", .. report.One.Depth.Parameters.Select(Figures.Share)], ["B", .. report.Other.Depth.Parameters.Select(Figures.Share)]], words: [0]);
    }
}
