using System.Collections.Immutable;
using Nodal.Models;
using Nodal.Runs;
using Nodal.Runtime;
using Nodal.Tasks;

namespace Nodal.Benchmarks;

/// <summary>Models and pairs that steps are measured on.</summary>
internal static class Workloads
{
    /// <summary>A model with random weights and random pairs of one length.</summary>
    public static Workload Random(string name, ModelConfig config, StepShape shape, int threads) => new()
    {
        Name = name,
        Model = RandomModel.Make(config, seed: 1),
        Pairs = RandomPairs.Make(config, shape.Pairs, shape.Tokens, seed: 2),
        BatchSize = shape.Batch,
        Threads = threads,
    };

    /// <summary>A model's file and one batch of a task in which all prompts have the commonest length, so that true length needs no padding at all.</summary>
    /// <exception cref="NodalException">No length is common enough.</exception>
    public static Workload OneLength(string model, TaskRequest task, int batch, int threads)
    {
        var whole = Task(model, task, batch, threads);
        var commonest = whole.Pairs.GroupBy(pair => pair.Length).MaxBy(group => group.Count())!;
        if (commonest.Count() < batch)
        {
            whole.Dispose();
            Throw.Usage(
                "the task has no batch of one length", found: $"at most {commonest.Count()} pairs of one length", expected: $"{batch}",
                remedy: "Give a smaller --batch or more --pairs");
        }

        return whole with { Pairs = [.. commonest.Take(batch)] };
    }

    /// <summary>A model's file and the training pairs of a task.</summary>
    public static Workload Task(string model, TaskRequest task, int batch, int threads)
    {
        var loaded = ModelLoader.Load(model);
        return new Workload
        {
            Name = $"{Path.GetFileNameWithoutExtension(model)}, {task.Task}",
            Model = loaded.Transformer,
            Pairs = TrainingPairs(loaded, task),
            BatchSize = batch,
            Threads = threads,
        };
    }

    private static ImmutableArray<EncodedPair> TrainingPairs(LoadedModel model, TaskRequest task)
    {
        try
        {
            return task.Load(model).Train;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }
}
