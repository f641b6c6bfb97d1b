using System.CommandLine;
using Nodal.Benchmarks;

var root = new RootCommand("Measurements of Nodal that anyone can rerun; each prints a table in Markdown for bench/results.")
{
    AttributionsCommand.Create(),
    FaithfulnessCommand.Create(),
    GatesCommand.Create(),
    GroundTruthCommand.Create(),
    StepCommand.Create(),
    RowsCommand.Create(),
    RunCommand.Create(),
    ScalingCommand.Create(),
    SelfCheckCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
