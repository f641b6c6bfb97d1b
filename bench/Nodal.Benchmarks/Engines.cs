using Nodal.Gates;
using Nodal.Patching;
using Nodal.Patching.Fast;
using Nodal.Runtime;

namespace Nodal.Benchmarks;

/// <summary>Nodal's engines that the benchmarks compare.</summary>
internal static class Engines
{
    /// <summary>
    /// How far bf16 may be before the self-check calls it another computation. It is no bound on rounding, which differs between processors: single gates of stories260K were
    /// seen .048 away at size .1, more than the .03 the engine's own tests allow on tiny models.
    /// </summary>
    private const double HalfPrecision = 0.1;

    /// <summary>All of them, in the order of the tables.</summary>
    public static IReadOnlyList<Engine> All { get; } =
    [
        new Engine("plain", Plain),
        new Engine("fast, float32", Fast<Float32Element>),
        new Engine("fast, bf16", Fast<BFloat16Element>, Tolerance: HalfPrecision),
    ];

    private static PlainGateGradient Plain(Workload workload)
    {
        var workers = new Workers(workload.Threads);
        var preparation = new PairPreparation(workload.Model, new CounterfactualAblation(workload.Model));
        var pool = new PairPool(workload.Model, preparation, workload.Pairs, ProcessMemory.AvailableBytes / 2, workers);
        return new PlainGateGradient(pool, new PlainEngine(workload.Model, new GateLayout(workload.Model.Config)), workers);
    }

    private static FastGateGradient<T> Fast<T>(Workload workload)
        where T : unmanaged, IElement<T>
    {
        var workers = new Workers(workload.Threads);
        var preparation = new PairPreparation(workload.Model, new CounterfactualAblation(workload.Model));
        var engine = new FastEngine<T>(workload.Model, new GateLayout(workload.Model.Config), workers);
        var runs = new UngatedRuns<T>(workload.Model, engine, preparation, workload.Pairs[0]);
        return new FastGateGradient<T>(engine, runs, workload.Pairs, new ActivationMemory(runs.Bytes(workload.Pairs)), workers);
    }
}
