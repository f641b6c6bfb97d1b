using System.Collections.Immutable;
using System.Globalization;
using Nodal.Evaluation;
using Nodal.Patching;
using Nodal.Tasks;

namespace Nodal.Runs;

/// <summary>What about the pairs a person should know before believing a circuit.</summary>
internal static class TaskWarnings
{
    private const double LeastAccuracy = 0.6;
    private const double LeastCorruptionKl = 0.1;

    /// <param name="task">The pairs.</param>
    /// <param name="accuracy">Of the full model on clean prompts.</param>
    /// <param name="logitDifference">Of the full model on clean prompts.</param>
    /// <param name="corruptionKl">KL(clean ‖ corrupted), nats.</param>
    public static IEnumerable<string> OfBehaviour(TaskData task, double accuracy, double logitDifference, double corruptionKl)
    {
        if (task.Test.All(pair => pair.Foils.IsEmpty))
        {
            yield return "the model's output is one number: in place of KL stands the squared error of it, in place of the logit difference the number itself; accuracy and exact match say nothing";
            yield break;
        }

        if (accuracy < LeastAccuracy || logitDifference <= 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"the full model hardly does the task (accuracy {accuracy:0.00}, logit difference {logitDifference:0.00}): a circuit of it means little");
        }

        if (corruptionKl < LeastCorruptionKl)
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"the corrupted prompts change the answer little (KL {corruptionKl:0.000} nats): nodes can hardly be told apart");
        }
    }

    /// <param name="task">The pairs.</param>
    /// <param name="ablation">What a closed node outputs.</param>
    public static IEnumerable<string> OfPairs(TaskData task, AblationKind ablation = AblationKind.Counterfactual)
    {
        foreach (var dropped in task.Dropped)
        {
            yield return dropped.ToString();
        }

        if (task.DifferingLastToken > 0 && ablation == AblationKind.Counterfactual)
        {
            yield return $"{task.DifferingLastToken} pairs differ in their clean and corrupted tokens at the answer position: with every gate closed the model is not the corrupted run there";
        }
    }

    /// <summary>All of them for a measured run.</summary>
    public static ImmutableArray<string> Of(TaskData task, EvaluationRow allClosed, AblationKind ablation) =>
        [.. OfPairs(task, ablation), .. OfBehaviour(task, allClosed.FullAccuracy, allClosed.FullLogitDifference, allClosed.Kl)];
}
