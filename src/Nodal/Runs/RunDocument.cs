using System.Collections.Immutable;
using Nodal.Circuits;
using Nodal.Evaluation;

namespace Nodal.Runs;

/// <summary><c>evaluation.json</c> as it is read back: a <see cref="RunResult"/> without its circuit, which has a file of its own.</summary>
internal sealed record RunDocument
{
    public required string Model { get; init; }

    public required string Task { get; init; }

    public required string Method { get; init; }

    public required int Seed { get; init; }

    public required int Steps { get; init; }

    public required double Seconds { get; init; }

    public required long PeakMemoryBytes { get; init; }

    public required string ChosenBy { get; init; }

    public required EvaluationRow Chosen { get; init; }

    public required ImmutableArray<EvaluationRow> Sizes { get; init; }

    public required EvaluationRow AllClosed { get; init; }

    public required PairCounts Pairs { get; init; }

    public required ImmutableArray<string> Warnings { get; init; }

    /// <param name="run">Where the folder is now.</param>
    /// <param name="circuit">The run's circuit.</param>
    public RunResult WithCircuit(string run, Circuit circuit) => new()
    {
        Run = run,
        Model = Model,
        Task = Task,
        Method = Method,
        Seed = Seed,
        Steps = Steps,
        Seconds = Seconds,
        PeakMemoryBytes = PeakMemoryBytes,
        ChosenBy = ChosenBy,
        Chosen = Chosen,
        Sizes = Sizes,
        AllClosed = AllClosed,
        Pairs = Pairs,
        Warnings = Warnings,
        Circuit = circuit,
    };
}
