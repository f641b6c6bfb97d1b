using System.Collections.Immutable;
using System.Text;

namespace Nodal.Tokenization;

/// <summary>The way of a text through every BPE tokenizer; what differs between them is its parts.</summary>
/// <remarks>
/// 1. Added tokens are cut out of the text, longest first; they are never split or merged.
/// 2. What is between them gets the dummy prefix, then the normalizations in order.
/// 3. The pre-tokenizer cuts it, step after step.
/// 4. Each cut is merged on its own.
/// Differs from the reference in one thing: added tokens marked <c>normalized</c> are looked for in the text as it stands too.
/// </remarks>
internal sealed class BytePairTokenizer : ITokenizer
{
    /// <inheritdoc/>
    public required string Description { get; init; }

    /// <summary>Step 4, and the vocabulary.</summary>
    public required PieceModel Pieces { get; init; }

    /// <summary>Step 1.</summary>
    public AddedTokens Added { get; init; } = new([]);

    /// <summary>Step 2, first half.</summary>
    public DummyPrefix Prefix { get; init; }

    /// <summary>Step 2, second half.</summary>
    public ImmutableArray<Func<string, string>> Normalizations { get; init; } = [];

    /// <summary>Step 3.</summary>
    public ImmutableArray<TextSplit> PreTokenizer { get; init; } = [];

    /// <inheritdoc/>
    public int? BeginOfSequence { get; init; }

    /// <inheritdoc/>
    public int VocabularySize => Pieces.Vocabulary.Size;

    /// <inheritdoc/>
    public IReadOnlyList<int> Encode(string text) => Encode(text, startsDocument: true);

    /// <inheritdoc/>
    public IReadOnlyList<int> EncodeContinuation(string text) => Encode(text, startsDocument: false);

    /// <inheritdoc/>
    public string Decode(IReadOnlyList<int> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var bytes = new List<byte>(ids.Count * 4);
        for (var at = 0; at < ids.Count; at++)
        {
            if (Added.ContentOf(ids[at]) is { } content)
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(content));
                continue;
            }

            var start = bytes.Count;
            Pieces.AppendBytes(ids[at], bytes);
            var startsDocument = Prefix != DummyPrefix.None && at > 0 && ids[at - 1] == BeginOfSequence;
            if (startsDocument && bytes.Count > start && bytes[start] == (byte)' ')
            {
                bytes.RemoveAt(start);
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    private List<int> Encode(string text, bool startsDocument)
    {
        ArgumentNullException.ThrowIfNull(text);
        var ids = new List<int>((text.Length / 3) + 4);
        var isFirst = true;
        foreach (var fragment in Added.Split(WellFormed(text)))
        {
            if (fragment.Id is { } id)
            {
                ids.Add(id);
            }
            else
            {
                EncodeText(WithPrefix(fragment.Text, isFirst, startsDocument), ids);
            }

            isFirst = false;
        }

        return ids;
    }

    private void EncodeText(string text, List<int> ids)
    {
        foreach (var normalize in Normalizations)
        {
            text = normalize(text);
        }

        IEnumerable<string> pieces = [text];
        foreach (var split in PreTokenizer)
        {
            pieces = pieces.SelectMany(split.Split);
        }

        foreach (var piece in pieces)
        {
            Pieces.Encode(piece, ids);
        }
    }

    private string WithPrefix(string text, bool isFirst, bool startsDocument)
    {
        var hasSpace = text[0] is ' ' or SymbolPieces.SpaceMark;
        var wanted = (!isFirst || startsDocument) && Prefix switch
        {
            DummyPrefix.EveryFragment => true,
            DummyPrefix.EveryFragmentWithoutSpace => !hasSpace,
            DummyPrefix.StartWithoutSpace => isFirst && !hasSpace,
            _ => false,
        };
        return wanted ? " " + text : text;
    }

    /// <summary>Half of a surrogate pair is no character; like every UTF-8 writer, U+FFFD is put in its place.</summary>
    private static string WellFormed(string text) =>
        text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') ? string.Concat(text.EnumerateRunes()) : text;
}
