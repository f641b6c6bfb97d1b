using System.Collections.Immutable;
using Nodal.Circuits;
using Nodal.Evaluation;
using Nodal.Evaluation.Evidence;
using Nodal.Gates;
using Nodal.Models;
using Nodal.Patching;
using Nodal.Runs.Evidence;
using Nodal.Runtime;
using Nodal.Tasks;

namespace Nodal.Runs;

/// <summary>Measures a circuit of a run, or of a file, on pairs of one's choice.</summary>
public static class EvaluationRun
{
    /// <summary>Fresh numbers.</summary>
    /// <exception cref="NodalException">Circuit, model or pairs are not as they must be.</exception>
    public static EvaluationResult Execute(EvaluateOptions options, IProgress<RunProgress>? progress = null, CancellationToken cancellation = default)
    {
        options.Validate();
        var run = FinishedRun.Of(options.Target);
        var path = Directory.Exists(options.Target) ? run!.CircuitPath : Path.GetFullPath(options.Target);
        var origin = CircuitFile.ReadProvenance(path);
        var ablation = options.Ablation ?? Ablation(origin, path);
        options.ValidateFor(ablation);
        progress?.Report(new RunProgress(RunPhase.LoadingModel, options.Model ?? origin.Model));
        using var model = LoadModel(options, run, origin, path);
        var circuit = CircuitFile.Read(path, model.Transformer.Config);
        progress?.Report(new RunProgress(RunPhase.MakingTask, options.Task ?? origin.Task));
        var request = Request(options, run, origin);
        var (task, shared) = Pairs(options, request, run?.Config, model);
        var made = run?.Config.Options;
        var positions = options.MeanPositions ?? made?.MeanPositions ?? Positions(origin, path);
        using var bench = Workbench.Of(model, task, ablation, circuit.Nodes.Layout, positions, run);
        progress?.Report(new RunProgress(RunPhase.Evaluating, $"{task.Test.Length} pairs"));
        var seed = options.Seed ?? run?.Config.Options.Seed ?? origin.Seed;
        var measured = bench.Runner.Measure([circuit.Nodes, bench.AllClosed], task.Test, cancellation);
        var evaluation = new CircuitEvaluation(bench.Runner, bench.Layout, seed);
        var (row, allClosed) = (AsPublished(evaluation.Row(circuit.Nodes, measured[0]), run, path, bench.Layout), evaluation.Row(bench.AllClosed, measured[1]));
        var result = new EvaluationResult(path, request.Task, ablation, task.Test.Length, row, [.. shared, .. TaskWarnings.Of(task, allClosed, ablation)]);
        if (options.Evidence is not { } asked)
        {
            return result;
        }

        var setting = new EvidenceSetting
        {
            Layout = bench.Layout,
            Runner = bench.Runner,
            Circuit = circuit.Nodes,
            Ranking = run?.ReadRanking(bench.Layout),
            Pairs = task.Test,
            Seed = seed,
            Measured = measured[0],
            AllClosed = measured[1],
            RandomCircuits = options.RandomCircuits,
            Progress = progress is null ? null : new InOrder<EvidenceProgress>(news => progress.Report(new RunProgress(RunPhase.Evaluating, Evidence: news))),
            Cancellation = cancellation,
        };
        var (evidence, leftOut) = EvidenceRun.Of(new EvidenceMaterial(setting, bench, request, run, ablation, positions, progress) { ControlSteps = options.ControlSteps }, asked);
        return result with { Evidence = evidence, Warnings = [.. result.Warnings, .. leftOut, .. evidence.Controls?.Warnings ?? []] };
    }

    /// <summary>The circuit that a run chose by scores above a threshold, counted as it was there.</summary>
    private static EvaluationRow AsPublished(EvaluationRow row, FinishedRun? run, string path, GateLayout layout) =>
        run?.Config.Options is { Choice: { Threshold: not null } choice, Refinement.Runs: 0, Seeds: 1 } && Path.GetFullPath(path) == Path.GetFullPath(run.CircuitPath)
            && run.ReadRanking(layout) is { } ranking
            ? Measurement.AsPublished(row, ranking, choice) : row;

    /// <summary>The pairs asked for: the run's own as it had them, or others, with what they share with those that the run has trained or selected on.</summary>
    /// <exception cref="NodalException">The run's own have changed since; where others are named, that is a warning.</exception>
    private static (TaskData Task, ImmutableArray<string> Warnings) Pairs(EvaluateOptions options, TaskRequest request, RunConfig? run, LoadedModel model)
    {
        if (run is not null && request == run.Options.Task)
        {
            return (run.LoadTask(model), []);
        }

        // All inputs of a model are the same whatever their seed, and nothing is held out of them.
        var task = request.Load(model);
        if (run is null || (request.Task == TaskRequest.EveryInput && run.Options.Task.Task == TaskRequest.EveryInput))
        {
            return (task, []);
        }

        TaskData seen;
        try
        {
            seen = run.LoadTask(model);
        }
        catch (NodalException fault) when (options.Task is not null)
        {
            return (task, [$"whether the pairs share a prompt with the run's training or selection pairs cannot be told: {fault.Finding}"]);
        }

        return HeldOut(task, seen, keep: request.Whole);
    }

    /// <summary>Test pairs whose prompts the run has trained or selected on: named in a file they stay, with a warning; of a made task they go.</summary>
    private static (TaskData Task, ImmutableArray<string> Warnings) HeldOut(TaskData task, TaskData seen, bool keep)
    {
        HashSet<string> prompts = [.. seen.Train.Concat(seen.Selection).SelectMany(pair => new[] { pair.Pair.Clean, pair.Pair.Corrupted })];
        bool Seen(EncodedPair pair) => prompts.Contains(pair.Pair.Clean) || prompts.Contains(pair.Pair.Corrupted);
        var count = task.Test.Count(Seen);
        if (count == 0)
        {
            return (task, []);
        }

        if (keep)
        {
            return (task, [$"{count} of the pairs share a prompt with the run's training or selection pairs: the numbers are not of fresh pairs alone"]);
        }

        var fresh = task with { Test = task.Test.RemoveAll(Seen) };
        if (fresh.Test.IsEmpty)
        {
            Throw.Input(
                "no fresh pair is left to measure on", found: $"{count} test pairs, all sharing a prompt with the run's training or selection pairs", expected: "at least one of its own",
                remedy: "Leave out --seed, or name a file of other pairs with --task");
        }

        return (fresh, [$"{count} test pairs left out: they share a prompt with the run's training or selection pairs"]);
    }

    private static AblationKind Ablation(Provenance origin, string path) => Word<AblationKind>(origin.Ablation, "ablation", path);

    private static MeanPositions Positions(Provenance origin, string path) =>
        origin.MeanPositions is { } word ? Word<MeanPositions>(word, "meanPositions", path) : MeanPositions.All;

    private static T Word<T>(string word, string field, string path)
        where T : struct, Enum
    {
        if (!Enum.TryParse<T>(word, out var value) || !Enum.IsDefined(value))
        {
            Throw.Input($"{path} names no {field}", found: $"'{word}'", expected: string.Join(", ", Enum.GetNames<T>()), remedy: $"Correct provenance.{field}");
        }

        return value;
    }

    private static LoadedModel LoadModel(EvaluateOptions options, FinishedRun? run, Provenance origin, string path)
    {
        var model = options.Model is null && run is not null ? run.LoadModel() : ModelLoader.Load(options.Model ?? origin.Model);
        if (model.Hash != origin.ModelHash)
        {
            var hash = model.Hash;
            model.Dispose();
            Throw.Input(
                $"{path} was made for another model", found: $"SHA-256 {hash}", expected: $"{origin.ModelHash} ({origin.Model})",
                remedy: "Name the model it was made for with --model");
        }

        return model with { Reference = origin.Model };
    }

    private static TaskRequest Request(EvaluateOptions options, FinishedRun? run, Provenance origin)
    {
        var before = run?.Config.Options.Task ?? new TaskRequest { Task = origin.Task, Seed = origin.TaskSeed ?? origin.Seed };
        return options.Task is null
            ? before with { Pairs = options.Pairs ?? before.Pairs, Seed = options.Seed ?? before.Seed }
            : new TaskRequest { Task = options.Task, Pairs = options.Pairs, Seed = options.Seed ?? before.Seed, Whole = File.Exists(options.Task) };
    }
}
