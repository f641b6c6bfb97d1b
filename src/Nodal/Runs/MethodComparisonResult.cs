using System.Collections.Immutable;
using Nodal.Evaluation;

namespace Nodal.Runs;

/// <summary>Several methods on one task; also <c>methods.json</c> and the JSON document of the tool.</summary>
public sealed record MethodComparisonResult
{
    /// <summary>Schema written now.</summary>
    public const string CurrentSchema = "nodal-methods/1";

    /// <summary>Schema of the document.</summary>
    public string Schema { get; init; } = CurrentSchema;

    /// <summary>The folder of all runs.</summary>
    public required string Folder { get; init; }

    /// <summary>The model as it was named.</summary>
    public required string Model { get; init; }

    /// <summary>The task as it was named.</summary>
    public required string Task { get; init; }

    /// <summary>The methods, the one with the lowest mean KL first.</summary>
    public required ImmutableArray<MethodCurve> Methods { get; init; }

    /// <summary>The model with every node closed; <see langword="null"/> where no run has ended well.</summary>
    public required EvaluationRow? AllClosed { get; init; }

    /// <summary>Every run, in the order in which they were made.</summary>
    public required ImmutableArray<SweepRow> Runs { get; init; }
}
