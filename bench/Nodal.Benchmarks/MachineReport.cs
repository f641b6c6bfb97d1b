using Nodal.Runs;
using Nodal.Runtime;
using static TorchSharp.torch;

namespace Nodal.Benchmarks;

/// <summary>Where and when a table was measured, and how fast the machine was at that moment.</summary>
internal static class MachineReport
{
    /// <summary>Writes date, machine, threads and versions.</summary>
    public static void Write(int threads)
    {
        var environment = RunEnvironment.Current(modelHash: "", threads, TimeProvider.System);
        var processor = CpuFeatures.Current;
        var bf16 = processor.AmxBf16 ? "AMX bf16" : processor.Avx512Bf16 ? "AVX-512 bf16" : "no bf16 products";
        Console.WriteLine($"{environment.Started:yyyy-MM-dd HH:mm} UTC, {environment.Processor}, {processor.Cores} cores ({bf16}), {threads} threads.");
        Console.WriteLine(
            $"Nodal {environment.Nodal}{(NodalVersion.Commit is { } commit ? $" ({commit[..Math.Min(8, commit.Length)]})" : "")}, {environment.Runtime}, "
            + $"TorchSharp {environment.TorchSharp}, libtorch {__version__}, {environment.System}.");
        if (!PeakMemory.Available)
        {
            Console.WriteLine("This system does not let the peak of memory be reset: columns of memory are empty.");
        }
    }

    /// <summary>Writes the rates of matrix products, measured now.</summary>
    /// <returns>GFLOP/s of the faster precision.</returns>
    public static double WriteProducts(int threads, StepSettings settings)
    {
        Console.WriteLine($"\nMatrix products of {GemmRate.Shape}, {threads} side by side, each on one thread:\n");
        var table = new MarkdownTable("precision", "GFLOP/s", "min–max");
        var single = GemmRate.Measure(threads, ScalarType.Float32, settings.Repeats, settings.ProductSeconds);
        var half = GemmRate.Measure(threads, ScalarType.BFloat16, settings.Repeats, settings.ProductSeconds);
        table.Row("float32", Figures.Number(single.Median), Figures.Spread(single));
        table.Row("bf16", Figures.Number(half.Median), Figures.Spread(half));
        Console.WriteLine();
        return Math.Max(single.Median, half.Median);
    }
}
