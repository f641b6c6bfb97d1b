using System.Diagnostics;
using Nodal.Patching;

namespace Nodal.Benchmarks;

/// <summary>What a step of one configuration takes.</summary>
/// <param name="Seconds">Wall seconds.</param>
/// <param name="CpuSeconds">Processor seconds of the whole process for one step, on average.</param>
/// <param name="BytesBefore">Physical memory held before the engine was made, the model's weights among it; absent where it cannot be measured.</param>
/// <param name="PeakBytes">Most physical memory held from then on, preparation of the pairs included.</param>
internal sealed record StepMeasurement(Repeats Seconds, double CpuSeconds, long? BytesBefore, long? PeakBytes)
{
    /// <summary>Makes an engine, takes one step to warm up and then the repeats.</summary>
    public static StepMeasurement Of(Func<IGateGradient> create, int[] batch, double[] gates, int repeats)
    {
        var before = PeakMemory.Reset();
        var gradient = new double[gates.Length];
        using var engine = create();
        engine.Step(batch, gates, gradient);
        var cpu = CpuTime();
        var seconds = Repeats.Seconds(repeats, () => engine.Step(batch, gates, gradient));
        return new StepMeasurement(seconds, (CpuTime() - cpu) / repeats, before, before is null ? null : PeakMemory.Read());
    }

    /// <summary>Processor seconds of this process up to now.</summary>
    public static double CpuTime()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime.TotalSeconds;
    }
}
