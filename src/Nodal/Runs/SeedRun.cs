using Nodal.Evaluation;

namespace Nodal.Runs;

/// <summary>One of several runs that differ in their seed alone.</summary>
/// <param name="Seed">Of the method.</param>
/// <param name="Folder">Its run folder, within the folder of all.</param>
/// <param name="Chosen">Its chosen circuit on the test pairs of all.</param>
public sealed record SeedRun(int Seed, string Folder, EvaluationRow Chosen);
