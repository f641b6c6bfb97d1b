using System.Text;

namespace Nodal.Tokenization;

/// <summary>GPT-2's printable character for every byte; the pieces of byte-level vocabularies are written in it.</summary>
/// <remarks>
/// Radford et al. 2019. Printable characters of Latin-1 stand for themselves; the other 68 bytes, in order, for U+0100 and up (the space is U+0120).
/// </remarks>
internal static class ByteLevelAlphabet
{
    private static readonly char[] Characters = MakeCharacters();
    private static readonly Dictionary<char, byte> Bytes = Enumerable.Range(0, 256).ToDictionary(b => Characters[b], b => (byte)b);

    /// <summary>Whether the character stands for a byte.</summary>
    public static bool Contains(char character) => Bytes.ContainsKey(character);

    /// <summary>The text's UTF-8 bytes in the alphabet.</summary>
    public static string Write(string text) =>
        string.Create(Encoding.UTF8.GetByteCount(text), text, static (characters, text) =>
        {
            var at = 0;
            foreach (var value in Encoding.UTF8.GetBytes(text))
            {
                characters[at++] = Characters[value];
            }
        });

    /// <summary>Appends the bytes of a piece; a piece with a character outside the alphabet stands for its own UTF-8.</summary>
    public static void AppendBytes(string piece, List<byte> bytes)
    {
        var before = bytes.Count;
        foreach (var character in piece)
        {
            if (!Bytes.TryGetValue(character, out var value))
            {
                bytes.RemoveRange(before, bytes.Count - before);
                bytes.AddRange(Encoding.UTF8.GetBytes(piece));
                return;
            }

            bytes.Add(value);
        }
    }

    private static char[] MakeCharacters()
    {
        var characters = new char[256];
        var next = 'Ā';
        for (var value = 0; value < 256; value++)
        {
            var printable = value is (>= '!' and <= '~') or (>= '¡' and <= '¬') or (>= '®' and <= 'ÿ');
            characters[value] = printable ? (char)value : next++;
        }

        return characters;
    }
}
