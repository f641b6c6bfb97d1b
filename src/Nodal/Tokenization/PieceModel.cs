namespace Nodal.Tokenization;

/// <summary>The merging part of a tokenizer: a pre-tokenized piece of text to ids, and a piece of the vocabulary to bytes.</summary>
internal abstract class PieceModel(Vocabulary vocabulary)
{
    /// <summary>Pieces and ids.</summary>
    public Vocabulary Vocabulary { get; } = vocabulary;

    /// <summary>Appends the ids of a text that merges may run through freely.</summary>
    public abstract void Encode(string text, List<int> ids);

    /// <summary>Appends the UTF-8 bytes an id stands for; they need not be whole characters.</summary>
    /// <exception cref="Nodal.Runtime.NodalException">The id is not in the vocabulary.</exception>
    public abstract void AppendBytes(int id, List<byte> bytes);
}
