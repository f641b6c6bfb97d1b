using System.CommandLine;
using Nodal.Runtime;

namespace Nodal.Benchmarks;

/// <summary><c>scaling</c>: seconds and memory of a step against layers, width, tokens, batch and number of pairs.</summary>
internal static class ScalingCommand
{
    public static Command Create()
    {
        var repeats = Options.Whole("--repeats", 5, "measurements of each configuration");
        var threads = Options.Threads();
        var sizes = Options.Sizes(1, 0.1);
        var command = new Command("scaling", "Seconds and memory of a step against layers, width, tokens, batch and number of pairs") { repeats, threads, sizes };
        command.SetAction(parsed =>
        {
            var settings = new ScalingSettings { Engines = MeasuredEngines.For(CpuFeatures.Current), Sizes = parsed.GetValue(sizes)!, Repeats = parsed.GetValue(repeats), Threads = parsed.GetValue(threads) };
            Console.WriteLine("# Seconds and memory of a step against each dimension\n");
            MachineReport.Write(settings.Threads);
            new ScalingReport(settings).Write();
        });
        return command;
    }
}
