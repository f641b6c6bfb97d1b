namespace Nodal.Discovery;

/// <summary>Generators of the published method, each made from the seed and what it is for: those of steps count up from 0, the others down from −1.</summary>
internal static class PaperRandom
{
    /// <summary>Of a step's noise.</summary>
    public static Random OfStep(int seed, int step) => StepRandom.Of(seed, step);

    /// <summary>Of the first scores.</summary>
    public static Random OfStart(int seed) => StepRandom.Of(seed, -1);

    /// <summary>Of an epoch's order.</summary>
    public static Random OfEpoch(int seed, int epoch) => StepRandom.Of(seed, -2 - epoch);
}
