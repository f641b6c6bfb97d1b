using System.Globalization;
using Nodal.Runtime;

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
    /// <exception cref="NodalException">A step gave a loss that is not finite, or a score that is no number; it is not kept.</exception>
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
            var taken = take(step);
            RefuseBreakdown(taken, scores);
            history.Add(taken with { Elapsed = before + time.GetElapsedTime(start) });
            progress?.Report(history[^1]);
        }

        Save();
    }

    /// <summary>From numbers that are none, every later step would make others that are none.</summary>
    private static void RefuseBreakdown(TrainingProgress taken, double[] scores)
    {
        var found = !double.IsFinite(taken.Kl) ? string.Create(CultureInfo.InvariantCulture, $"KL {taken.Kl}")
            : taken.Penalty is { } penalty && !double.IsFinite(penalty) ? string.Create(CultureInfo.InvariantCulture, $"penalty {penalty}")
            : Array.Exists(scores, double.IsNaN) ? "a score that is no number" : null;
        if (found is not null)
        {
            Throw.Input(
                $"training broke down at step {taken.Step} of {taken.Steps}", found: found, expected: "finite numbers",
                remedy: taken.Step == 1 ? "Check the model with nodal model verify" : "Give a smaller --rate");
        }
    }
}
