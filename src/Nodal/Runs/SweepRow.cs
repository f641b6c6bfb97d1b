using System.Collections.Immutable;

namespace Nodal.Runs;

/// <summary>One run of a sweep, ended.</summary>
/// <param name="Name">Of its folder, within the sweep's.</param>
/// <param name="Values">What the sweep has set for it, in the order of the keys.</param>
/// <param name="Result">What it found; <see langword="null"/> where it failed.</param>
/// <param name="Pareto">Whether no other run on the same model and task has a circuit that is at least as small and as faithful, and better in one.</param>
/// <param name="Failure">The sentence of the fault that ended it, else <see langword="null"/>.</param>
public sealed record SweepRow(string Name, ImmutableArray<string> Values, RunResult? Result, bool Pareto, string? Failure);
