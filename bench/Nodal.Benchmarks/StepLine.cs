using Nodal.Runs;

namespace Nodal.Benchmarks;

/// <summary>A line on stderr every 50 steps of a run.</summary>
internal sealed class StepLine : IProgress<RunProgress>
{
    public void Report(RunProgress value)
    {
        if (value.Step is { } step && step.Step % 50 == 0)
        {
            Console.Error.WriteLine($"step {step.Step} of {step.Steps}, {step.Remaining.TotalSeconds:0} s left");
        }
    }
}
