using System.Globalization;
using System.Text;

namespace Nodal.Tokenization;

/// <summary>SentencePiece-style BPE (Kudo and Richardson 2018): characters, merged; what the vocabulary lacks is written as bytes.</summary>
/// <param name="vocabulary">Pieces; the space is U+2581 where <paramref name="spaceMark"/> says so.</param>
/// <param name="merges">Which neighbours merge, and how early.</param>
/// <param name="byteIds">Ids of the bytes 0 to 255, negative where a byte has none; empty without byte fallback.</param>
/// <param name="unknown">Id for characters that are neither pieces nor bytes; without one they vanish, as in the reference.</param>
/// <param name="spaceMark">Whether U+2581 in a piece stands for a space.</param>
/// <param name="fuseUnknown">Whether unknown characters in a row are one unknown token.</param>
internal sealed class SymbolPieces(Vocabulary vocabulary, MergeTable merges, int[] byteIds, int? unknown, bool spaceMark, bool fuseUnknown = false)
    : PieceModel(vocabulary)
{
    /// <summary>What stands for a space in the pieces of SentencePiece vocabularies.</summary>
    public const char SpaceMark = '\u2581';

    /// <summary>Marks an unknown character until merging is over, so that the unknown token takes no part in it.</summary>
    private const int UnknownSymbol = -1;

    private readonly Dictionary<int, byte> _bytes = byteIds.Select((id, value) => (id, value)).Where(pair => pair.id >= 0)
        .DistinctBy(pair => pair.id).ToDictionary(pair => pair.id, pair => (byte)pair.value);

    /// <summary>Ids of the pieces <c>&lt;0x00&gt;</c> to <c>&lt;0xFF&gt;</c>, −1 where there is none.</summary>
    public static int[] FindByteIds(Vocabulary vocabulary) =>
        [.. Enumerable.Range(0, 256).Select(value => vocabulary.Ids.GetValueOrDefault(string.Create(CultureInfo.InvariantCulture, $"<0x{value:X2}>"), -1))];

    /// <inheritdoc/>
    public override void Encode(string text, List<int> ids)
    {
        var first = ids.Count;
        foreach (var id in SymbolMerger.Merge(merges, Symbols(text)))
        {
            if (id != UnknownSymbol)
            {
                ids.Add(id);
            }
            else if (unknown is { } unknownId && !(fuseUnknown && ids.Count > first && ids[^1] == unknownId))
            {
                ids.Add(unknownId);
            }
        }
    }

    /// <inheritdoc/>
    public override void AppendBytes(int id, List<byte> bytes)
    {
        if (_bytes.TryGetValue(id, out var value))
        {
            bytes.Add(value);
            return;
        }

        var piece = Vocabulary.PieceOf(id);
        bytes.AddRange(Encoding.UTF8.GetBytes(spaceMark ? piece.Replace(SpaceMark, ' ') : piece));
    }

    private int[] Symbols(string text)
    {
        var symbols = new List<int>(text.Length);
        var lookup = Vocabulary.Lookup;
        for (var at = 0; at < text.Length;)
        {
            _ = Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var length);
            if (lookup.TryGetValue(text.AsSpan(at, length), out var id))
            {
                symbols.Add(id);
            }
            else
            {
                AddBytes(rune, symbols);
            }

            at += length;
        }

        return [.. symbols];
    }

    private void AddBytes(Rune rune, List<int> symbols)
    {
        Span<byte> utf8 = stackalloc byte[4];
        var before = symbols.Count;
        foreach (var value in utf8[..rune.EncodeToUtf8(utf8)])
        {
            if (value >= byteIds.Length || byteIds[value] < 0)
            {
                symbols.RemoveRange(before, symbols.Count - before);
                symbols.Add(UnknownSymbol);
                return;
            }

            symbols.Add(byteIds[value]);
        }
    }
}
