using Nodal.Evaluation.Evidence;
using Spectre.Console;

namespace Nodal.Cli.Output;

/// <summary>The evidence for a person, part by part.</summary>
internal static class EvidenceSummary
{
    public static void Write(IAnsiConsole console, CircuitEvidence evidence)
    {
        Part(console, evidence.Curve, CurveTable.Write);
        Part(console, evidence.Completeness, CompletenessTable.Write);
        Part(console, evidence.Minimality, MinimalityTable.Write);
        Part(console, evidence.Layers, LayerTable.Write);
        Part(console, evidence.Hypotheses, HypothesesTable.Write);
        Part(console, evidence.Controls, ControlsTable.Write);
        Part(console, evidence.Robustness, RobustnessTable.Write);
        Part(console, evidence.Stability, StabilityTable.Write);
        Part(console, evidence.GroundTruth, GroundTruthTable.Write);
    }

    private static void Part<T>(IAnsiConsole console, T? part, Action<IAnsiConsole, T> write)
        where T : class
    {
        if (part is not null)
        {
            console.WriteLine();
            write(console, part);
        }
    }
}
