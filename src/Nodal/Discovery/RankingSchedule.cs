namespace Nodal.Discovery;

/// <summary>Temperature and rate of each step.</summary>
internal static class RankingSchedule
{
    /// <summary>Geometric from the start to the end temperature.</summary>
    /// <param name="options">The run's.</param>
    /// <param name="step">0-based.</param>
    public static double Temperature(RankingOptions options, int step) =>
        options.StartTemperature * Math.Pow(options.EndTemperature / options.StartTemperature, Progress(options, step));

    /// <summary>Constant for the first half, then linear to 0.</summary>
    public static double LearningRate(RankingOptions options, int step) =>
        options.LearningRate * Math.Min(1, 2 * (1 - ((double)step / options.Steps)));

    private static double Progress(RankingOptions options, int step) => options.Steps == 1 ? 1 : (double)step / (options.Steps - 1);
}
