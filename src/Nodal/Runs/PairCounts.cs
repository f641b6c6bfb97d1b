using Nodal.Tasks;

namespace Nodal.Runs;

/// <summary>Number of pairs in each split.</summary>
/// <param name="Train">Trained on.</param>
/// <param name="Selection">Selected on.</param>
/// <param name="Test">Tested on.</param>
public sealed record PairCounts(int Train, int Selection, int Test)
{
    /// <summary>Of a task.</summary>
    public static PairCounts Of(TaskData task) => new(task.Train.Length, task.Selection.Length, task.Test.Length);
}
