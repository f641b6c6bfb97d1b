using Nodal.Evaluation;
using Nodal.Models;
using Nodal.Patching;

namespace Nodal.Runs;

/// <summary>Says whether a model can do a task at all, and whether its corruption takes the behaviour away.</summary>
public static class TaskChecking
{
    /// <summary>Runs the model on the clean and corrupted prompts of the pairs: of a file all, of a made task the test pairs.</summary>
    public static TaskCheck Execute(LoadedModel model, TaskRequest request, CancellationToken cancellation = default)
    {
        var task = (request with { Whole = true }).Load(model);
        using var bench = new Workbench(model, task, AblationKind.Counterfactual);
        using var runner = new PlainCircuitRunner(model.Transformer, bench.Preparation, bench.Workers);
        var closed = runner.MeasureCorrupted(task.Test, cancellation);
        var accuracy = closed.Average(pair => pair.FullCorrect ? 1.0 : 0);
        var logitDifference = closed.Average(pair => pair.FullLogitDifference);
        var corruptionKl = closed.Average(pair => pair.Kl);
        return new TaskCheck
        {
            Pairs = closed.Length,
            Accuracy = accuracy,
            LogitDifference = logitDifference,
            CorruptedLogitDifference = closed.Average(pair => pair.LogitDifference),
            CorruptionKl = corruptionKl,
            Warnings = [.. TaskWarnings.OfPairs(task), .. TaskWarnings.OfBehaviour(task, accuracy, logitDifference, corruptionKl)],
        };
    }
}
