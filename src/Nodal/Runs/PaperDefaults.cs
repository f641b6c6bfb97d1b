using Nodal.Discovery;
using Nodal.Models;
using Nodal.Runtime;
using Nodal.Tasks;

namespace Nodal.Runs;

/// <summary>What a run by the published method resolves differently; other options stay as they are.</summary>
internal static class PaperDefaults
{
    /// <summary>Training pairs of the embedded model's own task: with them 500 epochs of batches of 64 are 2,000 steps.</summary>
    private const int EmbeddedPairs = 200;

    /// <summary>The task with the number of training pairs the method takes where none is given.</summary>
    public static TaskRequest TaskFor(this DiscoverOptions options, LoadedModel model) =>
        options.Method == DiscoveryMethod.Paper && options.Task is { Pairs: null, TrainingPairs: null } && options.Task.IsEmbedded(model)
            ? options.Task with { TrainingPairs = EmbeddedPairs }
            : options.Task;

    /// <summary>The options with all that follows from task and training pairs; where a pair has no foil there is no margin for the answer to be above it.</summary>
    /// <exception cref="NodalException">A margin is asked for, and a pair has no foil.</exception>
    public static DiscoverOptions ForPairs(this DiscoverOptions options, TaskData task)
    {
        options.RefuseFor(task);
        if (options.Method != DiscoveryMethod.Paper)
        {
            return options;
        }

        var preset = PaperPreset.For(options.Task.Task);
        return options with
        {
            Paper = options.Paper.Resolved(task.Train.Any(pair => pair.Foils.IsEmpty) ? preset with { Margin = null } : preset, task.Train.Length),
            Choice = options.Choice.IsDefault ? new SizeChoice { Threshold = 0 } : options.Choice,
        };
    }
}
