namespace Nodal.Discovery;

/// <summary>The steps of a training, whatever its method, with what surrounds them: news, states to go on from, cancellation.</summary>
/// <param name="steps">Of the whole training.</param>
/// <param name="checkpointSeconds">Longest time between two states.</param>
/// <param name="time">The clock.</param>
/// <param name="constants">Trained beside the scores, or <see langword="null"/>.</param>
internal sealed class TrainingLoop(int steps, double checkpointSeconds, TimeProvider time, ConstantTraining? constants = null)
{
    /// <summary>Takes all steps, or those that are left.</summary>
    /// <param name="scores">Of the start or of the state; moved by the steps.</param>
    /// <param name="optimizer">That moves them.</param>
    /// <param name="from">Where an earlier training stopped, or <see langword="null"/> for the beginning.</param>
    /// <param name="take">Takes one step, 0-based, and says what it was, but for the time.</param>
    /// <param name="progress">Hears of each step.</param>
    /// <param name="save">Keeps a state: when it is time, when cancelled, and after the last step.</param>
    /// <param name="cancellation">Looked at between two steps.</param>
    /// <exception cref="OperationCanceledException">Cancelled between two steps.</exception>
    public void Run(
        double[] scores, Adam optimizer, TrainingState? from, Func<int, TrainingProgress> take, IProgress<TrainingProgress>? progress, Action<TrainingState>? save,
        CancellationToken cancellation)
    {
        var history = (from?.History ?? []).ToBuilder();
        var (start, before, saved, lastSave) = (time.GetTimestamp(), from?.Elapsed ?? TimeSpan.Zero, history.Count, time.GetTimestamp());
        void Save()
        {
            if (history.Count > saved)
            {
                save?.Invoke(new TrainingState([.. scores], [.. optimizer.FirstMoment], [.. optimizer.SecondMoment], history.ToImmutable()) { Constants = constants?.State });
                (saved, lastSave) = (history.Count, time.GetTimestamp());
            }
        }

        for (var step = history.Count; step < steps; step++)
        {
            if (cancellation.IsCancellationRequested || time.GetElapsedTime(lastSave).TotalSeconds >= checkpointSeconds)
            {
                Save();
            }

            cancellation.ThrowIfCancellationRequested();
            history.Add(take(step) with { Elapsed = before + time.GetElapsedTime(start) });
            progress?.Report(history[^1]);
        }

        Save();
    }
}
