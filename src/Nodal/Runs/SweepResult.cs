using System.Collections.Immutable;

namespace Nodal.Runs;

/// <summary>A sweep, ended; also <c>sweep.json</c> and the JSON document of the tool.</summary>
public sealed record SweepResult
{
    /// <summary>Schema written now.</summary>
    public const string CurrentSchema = "nodal-sweep/1";

    /// <summary>Schema of the document.</summary>
    public string Schema { get; init; } = CurrentSchema;

    /// <summary>The sweep's folder.</summary>
    public required string Sweep { get; init; }

    /// <summary>Settings that differ from run to run.</summary>
    public required ImmutableArray<string> Keys { get; init; }

    /// <summary>The runs in the order of the plan.</summary>
    public required ImmutableArray<SweepRow> Runs { get; init; }

    /// <summary>A finished run to compare with, or <see langword="null"/>.</summary>
    public RunResult? Reference { get; init; }

    /// <summary>Why there is no reference though one was to be made, or <see langword="null"/>.</summary>
    public string? ReferenceFailure { get; init; }
}
