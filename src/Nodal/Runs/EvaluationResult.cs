using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Nodal.Evaluation;
using Nodal.Evaluation.Evidence;
using Nodal.Patching;

namespace Nodal.Runs;

/// <summary>Fresh numbers of a circuit; also the JSON document of the tool.</summary>
/// <param name="Circuit">File of the circuit.</param>
/// <param name="Task">Task or pairs file.</param>
/// <param name="Ablation">What a closed node outputs.</param>
/// <param name="Pairs">Number of pairs.</param>
/// <param name="Result">The circuit on them.</param>
/// <param name="Warnings">What a person should know before believing the numbers.</param>
public sealed record EvaluationResult(string Circuit, string Task, AblationKind Ablation, int Pairs, EvaluationRow Result, ImmutableArray<string> Warnings)
{
    /// <summary>What speaks for and against the circuit; <see langword="null"/> where none was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CircuitEvidence? Evidence { get; init; }
}
