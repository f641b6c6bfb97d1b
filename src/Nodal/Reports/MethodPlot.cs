using System.Collections.Immutable;
using System.Globalization;
using Nodal.Runs;

namespace Nodal.Reports;

/// <summary>KL against size, a curve for each method.</summary>
internal static class MethodPlot
{
    private const double Headroom = 1.05;

    public static Plot Of(MethodComparisonResult comparison)
    {
        ImmutableArray<PlotSeries> series = [.. comparison.Methods.Select(Series)];
        double[] sizes = [.. comparison.Methods.SelectMany(method => method.Points).Select(point => point.Size).Where(size => size > 0).DefaultIfEmpty(0.1)];
        var highest = comparison.Methods.SelectMany(method => method.Points).Select(point => point.Kl).DefaultIfEmpty(0).Max();
        return new Plot(
            $"model {Name(comparison.Model)}, task {Name(comparison.Task)}: {comparison.Methods.Length} methods",
            PlotAxis.Log("size: parameters of the circuit over those of all blocks", sizes.Min() / 1.2, Math.Min(1, sizes.Max() * 1.2)),
            PlotAxis.Linear("KL(full ‖ circuit) on test pairs, nats", Headroom * highest), series);
    }

    private static PlotSeries Series(MethodCurve method, int colour)
    {
        MethodCurvePoint[] points = [.. method.Points.Where(point => point.Size > 0)];
        return new PlotSeries(
            method.Method, colour, [.. points.Select(point => new PlotMark(point.Size, point.Kl, Note(method, point), Emphasised: false))],
            [[.. points.Select(point => (point.Size, point.Kl)).Distinct()]]);
    }

    private static string Note(MethodCurve method, MethodCurvePoint point) => string.Create(
        CultureInfo.InvariantCulture, $"{method.Method}: size {point.Size:0.000} ({point.Asked:0.###} asked for), KL {point.Kl:0.000}, accuracy {point.Accuracy:0.000}");

    private static string Name(string word) => Path.GetFileNameWithoutExtension(word) is { Length: > 0 } name ? name : word;
}
