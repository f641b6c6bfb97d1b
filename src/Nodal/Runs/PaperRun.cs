using Nodal.Discovery;
using Nodal.Models;

namespace Nodal.Runs;

/// <summary>What a run by the published method resolves differently; other options stay as they are.</summary>
internal static class PaperRun
{
    /// <summary>Training pairs of the embedded model's own task: with them 500 epochs of batches of 64 are 2,000 steps.</summary>
    private const int EmbeddedPairs = 200;

    /// <summary>The task with the number of training pairs the method takes where none is given.</summary>
    public static TaskRequest TaskFor(this DiscoverOptions options, LoadedModel model) =>
        options.Method == DiscoveryMethod.Paper && options.Task is { Pairs: null, TrainingPairs: null } && options.Task.IsEmbedded(model)
            ? options.Task with { TrainingPairs = EmbeddedPairs }
            : options.Task;

    /// <summary>The options with all that follows from task and number of training pairs.</summary>
    public static DiscoverOptions ForPairs(this DiscoverOptions options, int pairs) => options.Method != DiscoveryMethod.Paper ? options : options with
    {
        Paper = options.Paper.Resolved(PaperPreset.For(options.Task.Task), pairs),
        Choice = options.Choice.IsDefault ? new SizeChoice { Threshold = 0 } : options.Choice,
    };
}
