using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Nodal.Circuits;
using Nodal.Evaluation;
using Nodal.Patching;

namespace Nodal.Runs;

/// <summary>What a run or a cut found; also the JSON document of the tool.</summary>
public sealed record RunResult
{
    /// <summary>The run folder.</summary>
    public required string Run { get; init; }

    /// <summary>The model as it was named.</summary>
    public required string Model { get; init; }

    /// <summary>The task as it was named.</summary>
    public required string Task { get; init; }

    /// <summary>How the nodes were ranked.</summary>
    public required string Method { get; init; }

    /// <summary>What a closed node outputs; <see langword="null"/> in files of versions that did not say it here.</summary>
    public AblationKind? Ablation { get; init; }

    /// <summary>Seed of the run.</summary>
    public required int Seed { get; init; }

    /// <summary>Steps of the method: of optimisation, of a path, or draws; of a consensus those of all its runs.</summary>
    public required int Steps { get; init; }

    /// <summary>Wall time of the whole run, model loading and evaluation included.</summary>
    public required double Seconds { get; init; }

    /// <summary>Most physical memory the process held.</summary>
    public required long PeakMemoryBytes { get; init; }

    /// <summary>How the size was chosen: <c>keep 0.1</c>.</summary>
    public required string ChosenBy { get; init; }

    /// <summary>The chosen circuit on test pairs.</summary>
    public required EvaluationRow Chosen { get; init; }

    /// <summary>What refinement did to the selected circuit; <see langword="null"/> where none was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RefinementResult? Refinement { get; init; }

    /// <summary>Circuits of the table's sizes on test pairs.</summary>
    public required ImmutableArray<EvaluationRow> Sizes { get; init; }

    /// <summary>The model with every gate closed on test pairs.</summary>
    public required EvaluationRow AllClosed { get; init; }

    /// <summary>Pairs for training, selection and test.</summary>
    public required PairCounts Pairs { get; init; }

    /// <summary>What a person should know before believing the numbers.</summary>
    public required ImmutableArray<string> Warnings { get; init; }

    /// <summary>Of several runs with seeds of their own, how far they agree; else <see langword="null"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StabilityReport? Stability { get; init; }

    /// <summary>The chosen circuit; has a file of its own and is no part of the document.</summary>
    [JsonIgnore]
    public Circuit? Circuit { get; init; }

    /// <summary>File of the chosen circuit; no part of the document, for the folder may be moved.</summary>
    [JsonIgnore]
    public string? CircuitPath { get; init; }
}
