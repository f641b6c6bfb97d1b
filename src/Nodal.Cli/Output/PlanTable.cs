using Nodal.Cli.CommandLine;
using Nodal.Patching;
using Spectre.Console;

namespace Nodal.Cli.Output;

/// <summary>The memory a run is predicted to need, part by part.</summary>
internal static class PlanTable
{
    public static void Write(IAnsiConsole console, MemoryPlan plan)
    {
        FigureTable.Write(console, ["memory for", "predicted"], plan.Parts.Select(part => (string[])[part.Name, ByteSize.Format(part.Bytes)]), words: [0]);
        var mapped = plan.Engine.Activations == ActivationPlacement.File ? ", and the corrupted runs, mapped from a file, which the system can take back" : "";
        console.Facts(
        [
            ("at most at once", $"{ByteSize.Format(plan.NeededBytes)} of {ByteSize.Format(plan.LimitBytes)} allowed{mapped}"),
            ("run with", $"{plan.Engine}; {Figures.Count(plan.Threads, "thread")}"),
        ]);
    }
}
