using Nodal.Circuits;
using Nodal.Evaluation;
using Nodal.Gates;
using Nodal.Models;
using Nodal.Patching;
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
        var run = FinishedRun.IsRun(options.Target) ? FinishedRun.Open(options.Target) : null;
        var path = run?.CircuitPath ?? options.Target;
        var origin = CircuitFile.ReadProvenance(path);
        progress?.Report(new RunProgress(RunPhase.LoadingModel, options.Model ?? origin.Model));
        using var model = LoadModel(options, run, origin, path);
        var circuit = CircuitFile.Read(path, new GateLayout(model.Transformer.Config));
        progress?.Report(new RunProgress(RunPhase.MakingTask, options.Task ?? origin.Task));
        var request = Request(options, run, origin);
        var task = Load(request, model, whole: options.Task is not null);
        using var bench = new Workbench(model, task, options.Ablation ?? Enum.Parse<AblationKind>(origin.Ablation));
        progress?.Report(new RunProgress(RunPhase.Evaluating, $"{task.Test.Length} pairs"));
        var rows = new CircuitEvaluation(bench.Runner, bench.Layout, request.Seed).Evaluate([circuit.Nodes, bench.AllClosed], task.Test, cancellation);
        return new EvaluationResult(path, request.Task, task.Test.Length, rows[0], TaskWarnings.Of(task, rows[1]));
    }

    private static LoadedModel LoadModel(EvaluateOptions options, FinishedRun? run, Provenance origin, string path)
    {
        if (options.Model is null && run is not null)
        {
            return run.LoadModel();
        }

        var model = ModelLoader.Load(options.Model ?? origin.Model);
        if (model.Hash != origin.ModelHash)
        {
            var hash = model.Hash;
            model.Dispose();
            Throw.Input(
                $"{path} was made for another model", found: $"SHA-256 {hash}", expected: $"{origin.ModelHash} ({origin.Model})",
                remedy: "Name the model it was made for with --model");
        }

        return model;
    }

    private static TaskRequest Request(EvaluateOptions options, FinishedRun? run, Provenance origin)
    {
        var before = run?.Config.Options.Task ?? new TaskRequest { Task = origin.Task, Seed = origin.Seed };
        return options.Task is null
            ? before with { Pairs = options.Pairs ?? before.Pairs, Seed = options.Seed ?? before.Seed }
            : new TaskRequest { Task = options.Task, Pairs = options.Pairs, Seed = options.Seed ?? before.Seed };
    }

    /// <summary>A file that was named for evaluation is not trained on: all of its pairs are test pairs.</summary>
    private static TaskData Load(TaskRequest request, LoadedModel model, bool whole)
    {
        var task = request.Load(model);
        return whole && File.Exists(request.Task) ? task with { Test = [.. task.Train, .. task.Selection, .. task.Test] } : task;
    }
}
