namespace Nodal.Discovery;

/// <summary>Points that fill [0, 1) evenly however many of them are taken, from a start that follows from the seed.</summary>
/// <remarks>
/// Steps of the golden ratio, the most even of all additive sequences (Weyl's). Sizes drawn independently of each other leave gaps and heaps in the part of a run that decides, and with them
/// differences between seeds that have nothing to do with the task.
/// </remarks>
internal static class SizeSequence
{
    private const double GoldenRatio = 0.6180339887498949;

    /// <param name="seed">Of the run.</param>
    /// <param name="step">0-based.</param>
    public static double Of(int seed, int step) => (StepRandom.Of(seed, -1).NextDouble() + (step * GoldenRatio)) % 1;
}
