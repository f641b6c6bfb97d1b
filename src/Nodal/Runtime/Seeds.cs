using System.Text;

namespace Nodal.Runtime;

/// <summary>Independent seeds for the parts of a run, all from its one seed: what one part draws never depends on how much another drew.</summary>
/// <remarks>
/// The purpose is hashed with 64-bit FNV-1a, added to the seed times the golden-ratio increment, and passed through the finaliser of SplitMix64 (Steele, Lea, Flood,
/// "Fast splittable pseudorandom number generators", OOPSLA 2014). The values are part of Nodal's promise that a seed means the same run on every machine and version.
/// </remarks>
public static class Seeds
{
    private const ulong GoldenRatio = 0x9e3779b97f4a7c15;

    /// <summary>The 64-bit seed for one purpose.</summary>
    /// <param name="seed">The run's seed; any value.</param>
    /// <param name="purpose">What it is for, in a few lower-case words (<c>batches</c>, <c>ioi names</c>); another purpose gives an unrelated seed.</param>
    public static ulong Derive(long seed, string purpose) => Mix(Mix(Fnv1a(purpose) + unchecked((ulong)seed * GoldenRatio)) + GoldenRatio);

    /// <summary>A generator for one purpose, which the caller owns; not safe to share between threads.</summary>
    /// <inheritdoc cref="Derive"/>
    public static Random For(int seed, string purpose) => new((int)(Derive(seed, purpose) >> 33));

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
        value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
        return value ^ (value >> 31);
    }

    private static ulong Fnv1a(string text)
    {
        var hash = 0xcbf29ce484222325;
        foreach (var one in Encoding.UTF8.GetBytes(text))
        {
            hash = (hash ^ one) * 0x100000001b3;
        }

        return hash;
    }
}
