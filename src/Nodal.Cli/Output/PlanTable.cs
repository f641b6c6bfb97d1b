using Nodal.Cli.CommandLine;
using Nodal.Patching;
using Spectre.Console;

namespace Nodal.Cli.Output;

/// <summary>The memory a run is predicted to need, part by part.</summary>
internal static class PlanTable
{
    public static void Write(IAnsiConsole console, MemoryPlan plan)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns(new TableColumn("memory for"), new TableColumn("predicted").RightAligned());
        foreach (var part in plan.Parts)
        {
            table.AddRow(part.Name, ByteSize.Format(part.Bytes));
        }

        console.Write(table);
        var mapped = plan.Engine.Activations == ActivationPlacement.File ? ", and the corrupted runs, mapped from a file, which the system can take back" : "";
        console.WriteLine($"at most at once  {ByteSize.Format(plan.NeededBytes)} of {ByteSize.Format(plan.LimitBytes)} allowed{mapped}");
        console.WriteLine($"run with         {plan.Engine}; {plan.Threads} threads");
    }
}
