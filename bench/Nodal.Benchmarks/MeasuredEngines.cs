using Nodal.Patching;
using Nodal.Runtime;

namespace Nodal.Benchmarks;

/// <summary>Nodal's engines that the benchmarks compare: a new one is added here and nowhere else.</summary>
internal static class MeasuredEngines
{
    /// <summary>How far bf16 may be, which rounds to 1 part in 256: what the engine's own tests allow.</summary>
    private const double HalfPrecision = 3e-2;

    /// <summary>All of them, in the order of the tables.</summary>
    public static IReadOnlyList<Engine> All { get; } =
    [
        new Engine("plain", workload => Make(workload, EngineKind.Plain, EnginePrecision.Float32)),
        new Engine("fast, float32", workload => Make(workload, EngineKind.Fast, EnginePrecision.Float32)),
        new Engine("fast, bf16", workload => Make(workload, EngineKind.Fast, EnginePrecision.BFloat16), HalfPrecision),
    ];

    /// <summary>Those worth a measurement on a processor: without products of its own for bf16, libtorch's take some eighty times as long as float32's.</summary>
    public static IReadOnlyList<Engine> For(CpuFeatures processor) =>
        processor.Avx512Bf16 || processor.AmxBf16 ? All : [.. All.Where(engine => engine.Tolerance < HalfPrecision)];

    /// <summary>An engine as a run makes it, corrupted runs kept in memory.</summary>
    private static IGateGradient Make(Workload workload, EngineKind kind, EnginePrecision precision)
    {
        var preparation = new PairPreparation(workload.Model, new CounterfactualAblation(workload.Model));
        var options = new EngineOptions { Engine = kind, Precision = precision, Activations = ActivationPlacement.Memory };
        return new Engines(workload.Model, preparation, new Workers(workload.Threads)).Gradient(options, workload.Pairs, file: "");
    }
}
