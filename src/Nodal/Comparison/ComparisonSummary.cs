using System.Globalization;
using Nodal.Gates;

namespace Nodal.Comparison;

/// <summary>A comparison in one sentence.</summary>
internal static class ComparisonSummary
{
    public static string Of(ComparisonReport report)
    {
        var (one, other) = (report.One, report.Other);
        var what = report.Kind switch
        {
            ComparisonKind.Seed => $"the same model, task and method, seeds {one.Seed} and {other.Seed}",
            ComparisonKind.Settings => $"the same model and task, {Settings(one)} beside {Settings(other)}",
            ComparisonKind.Task => $"the same model, tasks {one.Task} and {other.Task}",
            ComparisonKind.Weights => $"models of the same dimensions with other weights, {one.Model} and {other.Model}, {Tasks(one, other)}: nodes are compared by their place alone",
            _ => $"models of other dimensions, {one.Model} and {other.Model}, {Tasks(one, other)}: no node of one is a node of the other, so shares and depths are compared",
        };
        return $"{what}{(report.Overlap is null ? "" : LeftAside(one, other))}. {Agreement(report)}";
    }

    private static string Tasks(ComparedSide one, ComparedSide other) => one.Task == other.Task ? $"the same task {one.Task}" : $"tasks {one.Task} and {other.Task}";

    /// <summary>Optional gates that one of the two alone has.</summary>
    private static string LeftAside(ComparedSide one, ComparedSide other)
    {
        Granularity[] alone = [.. one.Nodes.Keys.Except(other.Nodes.Keys), .. other.Nodes.Keys.Except(one.Nodes.Keys)];
        return alone.Length == 0 ? "" : $"; {string.Join(" and ", alone)}, gates that one of them alone has, are left aside";
    }

    private static string Settings(ComparedSide side) => string.Create(CultureInfo.InvariantCulture, $"{side.Method} with {side.Ablation.ToLowerInvariant()} ablation, seed {side.Seed}, size {side.Size:0.000}");

    private static string Agreement(ComparisonReport report)
    {
        var depth = string.Create(CultureInfo.InvariantCulture, $"{report.DepthOverlap:0.00} of their parameters lie at the same depth");
        if (report.Overlap is not { } overlaps)
        {
            return string.Create(CultureInfo.InvariantCulture, $"The circuits have sizes {report.One.Size:0.000} and {report.Other.Size:0.000}; {depth}.");
        }

        var words = new[] { (Granularity.Head, "heads"), (Granularity.MlpBlock, "MLP blocks") }.Select(kind => Shared(overlaps[kind.Item1], kind.Item2));
        var ranks = report.Rankings?.Spearman is { } spearman ? string.Create(CultureInfo.InvariantCulture, $"; rank correlation of all nodes {spearman:0.00}") : "";
        return $"{string.Join("; ", words)}; {depth}{ranks}.";
    }

    private static string Shared(GranularityOverlap overlap, string word) => string.Create(
        CultureInfo.InvariantCulture, $"of {overlap.One + overlap.Other - overlap.Both} {word} that either keeps both keep {overlap.Both} (Jaccard {overlap.Jaccard:0.00}, by chance {overlap.Chance:0.00})");
}
