using System.Collections.Immutable;
using Nodal.Tasks;

namespace Nodal.Runs.Evidence;

/// <summary>Pairs in groups by what they have in common, a third of the groups held out of a training.</summary>
/// <param name="Train">Training pairs that have nothing held out.</param>
/// <param name="Kept">Positions of the test pairs of groups that are trained on.</param>
/// <param name="HeldOut">Positions of the test pairs of groups that are not.</param>
/// <param name="Groups">Groups in all.</param>
/// <param name="HeldOutCount">Groups held out.</param>
internal sealed record HeldOutGroups(ImmutableArray<EncodedPair> Train, int[] Kept, int[] HeldOut, int Groups, int HeldOutCount)
{
    /// <summary>Fewest groups of which a third can be missed.</summary>
    private const int FewestGroups = 3;

    /// <summary>Training pairs for each group, on the average, below which they are no groups but chance.</summary>
    private const int PairsPerGroup = 5;

    /// <summary>What holds some pairs together that differ in names alone: the number of their template, or what their clean and corrupted prompts have in common.</summary>
    public static string? Template(EncodedPair pair)
    {
        if (pair.Pair.Template is { } number)
        {
            return $"{number}";
        }

        var (clean, corrupted) = (Words(pair.Pair.Clean), Words(pair.Pair.Corrupted));
        return clean.Length != corrupted.Length ? null : string.Join(' ', clean.Zip(corrupted, (own, other) => own == other ? own : "_"));
    }

    /// <summary>The word in which the clean prompt differs from the corrupted one: a name, where pairs differ in names; <see langword="null"/> where there are several.</summary>
    public static string? Name(EncodedPair pair) => Difference(pair.Pair.Clean, pair.Pair.Corrupted);

    /// <summary>Holds out a third.</summary>
    /// <param name="train">Training pairs.</param>
    /// <param name="test">Test pairs.</param>
    /// <param name="group">The group of a pair.</param>
    /// <param name="also">Another group a pair is held out with, such as the name in its corrupted prompt; default none.</param>
    /// <param name="seed">Of the drawing.</param>
    /// <returns><see langword="null"/> where the pairs are in no groups, or in so few or so many that nothing can be held out.</returns>
    public static HeldOutGroups? Of(
        ImmutableArray<EncodedPair> train, IReadOnlyList<EncodedPair> test, Func<EncodedPair, string?> group, Func<EncodedPair, string?> also, int seed)
    {
        var groups = train.Select(group).Distinct().Order(StringComparer.Ordinal).ToArray();
        if (groups.Contains(null) || groups.Length < FewestGroups || train.Length < PairsPerGroup * groups.Length)
        {
            return null;
        }

        new Random(seed).Shuffle(groups);
        var held = groups[..(groups.Length / 3)].ToHashSet();
        bool Held(EncodedPair pair) => held.Contains(group(pair)) || held.Contains(also(pair));
        int[] Positions(Func<EncodedPair, bool> which) => [.. Enumerable.Range(0, test.Count).Where(i => which(test[i]))];
        var found = new HeldOutGroups(
            [.. train.Where(pair => !Held(pair))], Positions(pair => !Held(pair) && groups.Contains(group(pair))), Positions(pair => held.Contains(group(pair))), groups.Length, held.Count);
        return found.Train.IsEmpty || found.Kept.Length == 0 || found.HeldOut.Length == 0 ? null : found;
    }

    /// <summary>The word of another prompt in place of the one that differs.</summary>
    public static string? CorruptedName(EncodedPair pair) => Difference(pair.Pair.Corrupted, pair.Pair.Clean);

    private static string? Difference(string prompt, string other)
    {
        var (own, others) = (Words(prompt), Words(other));
        if (own.Length != others.Length)
        {
            return null;
        }

        string[] different = [.. own.Where((word, i) => word != others[i])];
        return different is [var one] ? one : null;
    }

    private static string[] Words(string prompt) => prompt.Split([' ', '\n', '.', ',', '?', '!', ':', ';'], StringSplitOptions.RemoveEmptyEntries);
}
