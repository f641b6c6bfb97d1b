using Nodal.Gates;
using Nodal.Patching;
using Nodal.Runtime;

namespace Nodal.Benchmarks;

/// <summary>Nodal's engines that the benchmarks compare.</summary>
internal static class Engines
{
    /// <summary>All of them, in the order of the tables.</summary>
    public static IReadOnlyList<Engine> All { get; } =
    [
        new Engine("plain", Plain),
    ];

    private static PlainGateGradient Plain(Workload workload)
    {
        var workers = new Workers(workload.Threads);
        var preparation = new PairPreparation(workload.Model, new CounterfactualAblation(workload.Model));
        var pool = new PairPool(workload.Model, preparation, workload.Pairs, ProcessMemory.AvailableBytes / 2, workers);
        return new PlainGateGradient(pool, new PlainEngine(workload.Model, new GateLayout(workload.Model.Config)), workers);
    }
}
