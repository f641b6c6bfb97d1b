using System.Text;

namespace Nodal.Tokenization;

/// <summary>Unicode normalization form C: é as one character, however it was typed.</summary>
/// <remarks>
/// Unicode Standard Annex 15: decompose, order marks by combining class, compose. <see cref="string.Normalize()"/> does nothing where globalization
/// is invariant, as it is in the tool, and follows the machine's ICU elsewhere; a tokenizer must give the same ids everywhere.
/// </remarks>
internal static class NormalizationFormC
{
    /// <summary>Below this every character is already in form C and a starter.</summary>
    private const char FirstToLookAt = '\u0300';

    private const int HangulBase = 0xAC00;
    private const int LeadBase = 0x1100;
    private const int VowelBase = 0x1161;
    private const int TrailBase = 0x11A7;
    private const int Leads = 19;
    private const int Vowels = 21;
    private const int Trails = 28;

    /// <summary>The text in form C.</summary>
    public static string Apply(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange(FirstToLookAt, char.MaxValue))
        {
            return text;
        }

        var table = CanonicalEquivalence.Instance;
        var characters = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            Decompose(rune.Value, table, characters);
        }

        OrderMarks(characters, table);
        var composed = new StringBuilder(text.Length);
        foreach (var character in Compose(characters, table))
        {
            composed.Append(new Rune(character));
        }

        return composed.ToString();
    }

    private static void Decompose(int character, CanonicalEquivalence table, List<int> into)
    {
        var syllable = character - HangulBase;
        if (syllable is >= 0 and < Leads * Vowels * Trails)
        {
            into.Add(LeadBase + (syllable / (Vowels * Trails)));
            into.Add(VowelBase + (syllable / Trails % Vowels));
            if (syllable % Trails != 0)
            {
                into.Add(TrailBase + (syllable % Trails));
            }
        }
        else if (table.DecompositionOf(character) is { } parts)
        {
            foreach (var part in parts)
            {
                Decompose(part, table, into);
            }
        }
        else
        {
            into.Add(character);
        }
    }

    private static void OrderMarks(List<int> characters, CanonicalEquivalence table)
    {
        for (var start = 0; start < characters.Count; start++)
        {
            var end = start;
            while (end < characters.Count && table.ClassOf(characters[end]) != 0)
            {
                end++;
            }

            if (end - start > 1)
            {
                int[] ordered = [.. characters[start..end].OrderBy(table.ClassOf)];
                for (var at = start; at < end; at++)
                {
                    characters[at] = ordered[at - start];
                }
            }

            start = end;
        }
    }

    private static List<int> Compose(List<int> characters, CanonicalEquivalence table)
    {
        var composed = new List<int>(characters.Count);
        var starter = -1;
        var classBefore = 0;
        foreach (var character in characters)
        {
            var combiningClass = table.ClassOf(character);
            var isBlocked = starter < 0 || (composed.Count - 1 > starter && classBefore >= combiningClass);
            if (!isBlocked && Pair(composed[starter], character, table) is { } union)
            {
                composed[starter] = union;
                continue;
            }

            composed.Add(character);
            classBefore = combiningClass;
            if (combiningClass == 0)
            {
                starter = composed.Count - 1;
            }
        }

        return composed;
    }

    private static int? Pair(int first, int second, CanonicalEquivalence table)
    {
        if (first is >= LeadBase and < LeadBase + Leads && second is >= VowelBase and < VowelBase + Vowels)
        {
            return HangulBase + ((((first - LeadBase) * Vowels) + second - VowelBase) * Trails);
        }

        var isOpenSyllable = first is >= HangulBase and < HangulBase + (Leads * Vowels * Trails) && (first - HangulBase) % Trails == 0;
        return isOpenSyllable && second is > TrailBase and < TrailBase + Trails ? first + second - TrailBase : table.CompositionOf(first, second);
    }
}
