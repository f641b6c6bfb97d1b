namespace Nodal.Tokenization;

/// <summary>What a <see cref="TextSplit"/> does with the matches of its pattern; the names are <c>tokenizer.json</c>'s.</summary>
internal enum SplitBehavior
{
    /// <summary>A match is a piece of its own.</summary>
    Isolated,

    /// <summary>A match is dropped.</summary>
    Removed,

    /// <summary>A match ends the piece before it.</summary>
    MergedWithPrevious,

    /// <summary>A match starts the piece after it.</summary>
    MergedWithNext,

    /// <summary>Neighbouring matches are one piece.</summary>
    Contiguous,
}
