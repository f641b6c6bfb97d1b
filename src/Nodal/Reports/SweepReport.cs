using System.Text.Json;
using Nodal.Runs;
using Nodal.Runtime;

namespace Nodal.Reports;

/// <summary>Writes what a sweep has found into its folder: <c>sweep.json</c>, <c>sweep.csv</c> and the plot <c>sweep.svg</c>.</summary>
public static class SweepReport
{
    /// <summary>Writes all three; those of an earlier call are replaced.</summary>
    /// <exception cref="NodalException">The folder cannot be written to.</exception>
    public static void Write(SweepResult sweep)
    {
        AtomicFile.WriteAllText(Path.Combine(sweep.Sweep, "sweep.json"), JsonSerializer.Serialize(sweep, NodalJson.Options) + "\n");
        AtomicFile.WriteAllText(Path.Combine(sweep.Sweep, "sweep.csv"), SweepTable.Of(sweep));
        AtomicFile.WriteAllText(PlotPath(sweep), PlotSvg.Draw(SweepPlot.Of(sweep)));
    }

    /// <summary>File of the plot.</summary>
    public static string PlotPath(SweepResult sweep) => Path.Combine(sweep.Sweep, "sweep.svg");
}
