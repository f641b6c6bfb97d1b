namespace Nodal.Discovery;

/// <summary>The random generator of one step, made from the run's seed and the step alone: a run that goes on in another process needs no generator's state.</summary>
/// <remarks>Seed and step are mixed as SplitMix64 does it (Steele, Lea and Flood 2014), because generators of neighbouring seeds begin alike.</remarks>
internal static class StepRandom
{
    /// <param name="seed">Of the run.</param>
    /// <param name="step">0-based.</param>
    public static Random Of(int seed, int step)
    {
        var mixed = (((ulong)(uint)seed << 32) | (uint)step) + 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return new Random((int)((mixed ^ (mixed >> 31)) >> 33));
    }
}
