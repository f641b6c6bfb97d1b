namespace Nodal.Tokenization;

/// <summary>Text to token ids and back.</summary>
public interface ITokenizer
{
    /// <summary>What it is, for people: <c>byte-level BPE (gpt-2)</c>.</summary>
    string Description { get; }

    /// <summary>Number of ids.</summary>
    int VocabularySize { get; }

    /// <summary>Id to put before every prompt, or <see langword="null"/> where the model takes none.</summary>
    int? BeginOfSequence { get; }

    /// <summary>Ids of a text that starts a document. A SentencePiece tokenizer puts its dummy prefix first; no special token is added.</summary>
    IReadOnlyList<int> Encode(string text);

    /// <summary>Ids of a text that follows other text: no dummy prefix, no special token.</summary>
    IReadOnlyList<int> EncodeContinuation(string text);

    /// <summary>
    /// Text of the ids; special tokens by their names, bytes that make no UTF-8 character as U+FFFD. A dummy prefix is taken off
    /// after <see cref="BeginOfSequence"/> and stays elsewhere, so that a single token shows its space.
    /// </summary>
    /// <exception cref="Nodal.Runtime.NodalException">An id is not in the vocabulary.</exception>
    string Decode(IReadOnlyList<int> ids);
}
