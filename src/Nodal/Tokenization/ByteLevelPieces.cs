using Microsoft.ML.Tokenizers;
using Nodal.Runtime;

namespace Nodal.Tokenization;

/// <summary>Byte-level BPE (Radford et al. 2019): a text's UTF-8 bytes, merged by rank.</summary>
/// <remarks>
/// Merging is Microsoft.ML.Tokenizers'. A byte whose character is not in the vocabulary becomes the unknown token, or nothing where the
/// model has none, as in the reference (SmolLM2 lacks 21 bytes, 8 of which occur in UTF-8). Of a merge that comes twice the last counts.
/// </remarks>
internal sealed class ByteLevelPieces : PieceModel
{
    private readonly BpeTokenizer _merger;
    private readonly bool _wholePiecesFirst;

    /// <summary>Checks the merges and builds the merger.</summary>
    /// <param name="vocabulary">Pieces in <see cref="ByteLevelAlphabet"/>.</param>
    /// <param name="merges">By rank, best first.</param>
    /// <param name="source">The file, for errors.</param>
    /// <param name="unknown">Piece for bytes outside the vocabulary, if any.</param>
    /// <param name="wholePiecesFirst">A text that is itself a piece becomes that piece, merges or not (<c>ignore_merges</c> of Llama 3).</param>
    public ByteLevelPieces(Vocabulary vocabulary, IReadOnlyList<Merge> merges, string source, string? unknown = null, bool wholePiecesFirst = false)
        : base(vocabulary)
    {
        _wholePiecesFirst = wholePiecesFirst;
        foreach (var merge in merges)
        {
            merge.RequireIn(vocabulary, source);
            if (merge.Left.Contains(' ', StringComparison.Ordinal) || merge.Right.Contains(' ', StringComparison.Ordinal))
            {
                Throw.Input($"{source} has a merge that is not byte-level", $"'{merge.Left}' and '{merge.Right}'", "parts without spaces (a space is written U+0120)", "download the file again");
            }
        }

        _merger = BpeTokenizer.Create(new BpeOptions(vocabulary.Ids)
        {
            ByteLevel = true,
            PreTokenizer = null,
            UnknownToken = unknown,
            Merges = merges.Reverse().Distinct().Reverse().Select(merge => $"{merge.Left} {merge.Right}"),
        });
    }

    /// <inheritdoc/>
    public override void Encode(string text, List<int> ids)
    {
        if (_wholePiecesFirst && Vocabulary.Ids.TryGetValue(ByteLevelAlphabet.Write(text), out var whole))
        {
            ids.Add(whole);
            return;
        }

        ids.AddRange(_merger.EncodeToIds(text, considerPreTokenization: false, considerNormalization: false));
    }

    /// <inheritdoc/>
    public override void AppendBytes(int id, List<byte> bytes) => ByteLevelAlphabet.AppendBytes(Vocabulary.PieceOf(id), bytes);
}
