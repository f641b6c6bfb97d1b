using Nodal.Circuits;
using Nodal.Evaluation;
using Nodal.Patching;
using Nodal.Runtime;

namespace Nodal.Runs;

/// <summary>Chooses a circuit of a ranking and measures it, beside the table of sizes, on test pairs.</summary>
internal static class Measurement
{
    public static RunResult Of(
        Workbench bench, Ranking ranking, DiscoverOptions options, RunFolder run, IProgress<RunProgress>? progress, CancellationToken cancellation)
    {
        progress?.Report(new RunProgress(RunPhase.Selecting, options.Choice.ToString()));
        var selected = ChosenSize.Of(bench, ranking, options.Choice, cancellation);
        var refined = options.Refinement.Runs > 0 ? Refining.Of(bench, ranking, selected, options, run.Activations, progress, cancellation) : null;
        var chosen = refined?.Circuit ?? selected;
        progress?.Report(new RunProgress(RunPhase.Evaluating, $"{bench.Task.Test.Length} test pairs"));
        NodeSet[] circuits = [chosen, bench.AllClosed, .. options.Sizes.Select(ranking.AtSize), .. refined is null ? [] : new[] { selected }];
        var rows = new CircuitEvaluation(bench.Runner, bench.Layout, options.Seed).Evaluate(circuits, bench.Task.Test, cancellation);
        return new RunResult
        {
            Run = run.Path,
            Model = options.Model,
            Task = options.Task.Task,
            Method = Method(options),
            Ablation = options.Ablation,
            Seed = options.Seed,
            Steps = Steps(options),
            Seconds = 0,
            PeakMemoryBytes = 0,
            ChosenBy = options.Choice.ToString(),
            Chosen = refined is null ? AsPublished(rows[0], ranking, options.Choice) : rows[0],
            Refinement = refined is null ? null : new RefinementResult(AsPublished(rows[^1], ranking, options.Choice), rows[0], refined.Runs, refined.Moves),
            AllClosed = rows[1],
            Sizes = rows[2..(2 + options.Sizes.Length)],
            Pairs = PairCounts.Of(bench.Task),
            Warnings = [.. Empty(rows[0]), .. Larger(options, rows[0]), .. TaskWarnings.Of(bench.Task, rows[1], options.Ablation)],
            Circuit = new Circuit(chosen, Provenance(bench, options, refined?.Runs)),
        };
    }

    /// <summary>Of nodes chosen by their own scores the published count is that of all of them, before Nodal's closure.</summary>
    public static EvaluationRow AsPublished(EvaluationRow row, Ranking ranking, SizeChoice choice) => choice.Threshold is not { } threshold ? row
        : row with { Published = PublishedCount.Of(ranking.Layout, Array.ConvertAll(ranking.Scores.ToArray(), score => score > threshold)) };

    private static string[] Empty(EvaluationRow chosen) =>
        chosen.Parameters > 0 ? [] : ["the chosen circuit is empty: no closed circuit is so small; allow a larger size or KL"];

    private static string[] Larger(DiscoverOptions options, EvaluationRow chosen) =>
        !(chosen.Size > options.Choice.Keep) ? [] : ["the chosen circuit is larger than was asked for: so much is held by the granularities that are off"];

    /// <summary>Of a consensus those of all its runs.</summary>
    private static int Steps(DiscoverOptions options) => options.Steps * options.Seeds;

    private static string Method(DiscoverOptions options) => options.Seeds > 1 ? StabilityRun.Method : Words.Of(options.Method);

    private static Provenance Provenance(Workbench bench, DiscoverOptions options, int? refinementRuns) => new()
    {
        Model = options.Model,
        ModelHash = bench.Model.Hash,
        Task = options.Task.Task,
        Method = Method(options),
        Ablation = options.Ablation.ToString(),
        MeanPositions = options.Ablation is AblationKind.Mean or AblationKind.Learned ? (options.MeanPositions ?? MeanPositions.All).ToString() : null,
        Seed = options.Seed,
        TaskSeed = options.Task.Seed,
        Steps = Steps(options),
        Chosen = refinementRuns is { } runs ? $"{options.Choice}, refined in {runs} runs" : options.Choice.ToString(),
        NodalVersion = NodalVersion.Current,
    };
}
