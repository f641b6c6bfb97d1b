using Nodal.Cli.Output;
using Nodal.Patching;

namespace Nodal.EndToEnd.Output;

public sealed class PlanTableTests
{
    [Fact]
    public void Parts_are_plain_text_and_what_is_needed_stands_below_them()
    {
        var plan = new MemoryPlan
        {
            Engine = new EngineOptions { Engine = EngineKind.Fast, Precision = EnginePrecision.Float32, Activations = ActivationPlacement.Memory },
            Threads = 1, LimitBytes = 3L << 29, PeakBytes = 4096, NeededBytes = 3072, Parts = [new MemoryPart("weights [bold]", 2048), new MemoryPart("gradients", 1024)],
        };

        var text = ConsoleText.Of(console => PlanTable.Write(console, plan));

        text.ShouldMatch(@"(?m)^ memory for +predicted$");
        text.ShouldMatch(@"(?m)^ weights \[bold\] +2\.0 KiB$");
        text.ShouldMatch(@"(?m)^ gradients +1\.0 KiB$");
        text.ShouldMatch(@"(?m)^at most at once +3\.0 KiB of 1\.5 GiB allowed$");
        text.ShouldMatch(@"(?m)^run with +fast engine, float32, corrupted runs: memory; 1 thread$");
    }
}
