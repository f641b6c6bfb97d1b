namespace Nodal.Discovery;

/// <summary>Rate and penalty's growth of the published method.</summary>
internal static class PaperSchedule
{
    /// <summary>Half a cosine over the epochs, constant within each: PyTorch's CosineAnnealingLR, stepped once an epoch.</summary>
    /// <param name="options">Resolved.</param>
    /// <param name="epoch">0-based.</param>
    public static double LearningRate(PaperOptions options, int epoch) =>
        options.EndLearningRate + ((options.LearningRate!.Value - options.EndLearningRate) * (1 + Math.Cos(Math.PI * epoch / options.Epochs!.Value)) / 2);

    /// <summary>w = min(1, step / warm-up).</summary>
    /// <param name="options">The run's.</param>
    /// <param name="step">0-based.</param>
    public static double Warmup(PaperOptions options, int step) => step >= options.WarmupSteps ? 1 : (double)step / options.WarmupSteps;

    /// <summary>d = 1 + scaling (L − 1 − l)/(L − 1).</summary>
    /// <param name="scaling">Of the run.</param>
    /// <param name="layer">l, 0-based.</param>
    /// <param name="layers">L; of one layer d is 1.</param>
    public static double Depth(double scaling, int layer, int layers) => layers == 1 ? 1 : 1 + (scaling * (layers - 1 - layer) / (layers - 1));
}
