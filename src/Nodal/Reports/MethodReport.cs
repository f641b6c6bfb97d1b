using System.Text.Json;
using Nodal.Runs;
using Nodal.Runtime;

namespace Nodal.Reports;

/// <summary>Writes a comparison of methods into its folder: <c>methods.json</c> and the plot <c>methods.svg</c>.</summary>
public static class MethodReport
{
    /// <summary>Writes both; those of an earlier call are replaced.</summary>
    /// <exception cref="NodalException">The folder cannot be written to.</exception>
    public static void Write(MethodComparisonResult comparison)
    {
        AtomicFile.WriteAllText(Path.Combine(comparison.Folder, "methods.json"), JsonSerializer.Serialize(comparison, NodalJson.Options) + "\n");
        AtomicFile.WriteAllText(PlotPath(comparison), PlotSvg.Draw(MethodPlot.Of(comparison)));
    }

    /// <summary>File of the plot.</summary>
    public static string PlotPath(MethodComparisonResult comparison) => Path.Combine(comparison.Folder, "methods.svg");
}
