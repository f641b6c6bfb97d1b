namespace Nodal.Tokenization;

/// <summary>Reads the tokenizer of the llama2.c models (stories260K): SentencePiece BPE as pieces and scores in JSON.</summary>
/// <remarks>karpathy/llama2.c, <c>run.c</c>: begin-of-sequence, a dummy space, characters merged by best score, bytes at id byte + offset. Pieces have plain spaces.</remarks>
internal static class Llama2cTokenizerFile
{
    private const int ByteCount = 256;

    /// <summary>Reads the file.</summary>
    /// <exception cref="Runtime.NodalException">It is damaged.</exception>
    public static ITokenizer Load(string path) => JsonPart.ReadFile(path, Read);

    private static BytePairTokenizer Read(JsonPart root)
    {
        string[] pieces = [.. root.Required("pieces").Elements().Select(piece => piece.AsText())];
        float[] scores = [.. root.Required("scores").Elements().Select(score => score.AsFloat())];
        var vocabulary = Vocabulary.FromPieces(pieces, root.Required("pieces").Place);
        if (scores.Length != pieces.Length)
        {
            root.Required("scores").ThrowWrong($"{scores.Length} scores", $"{pieces.Length}, as many as pieces");
        }

        var offset = root.Required("byte_fallback_offset");
        var firstByte = offset.AsInteger();
        if (firstByte < 0 || firstByte > pieces.Length - ByteCount)
        {
            offset.ThrowWrong($"{firstByte}", $"0 to {pieces.Length - ByteCount}, so that all bytes have ids");
        }

        int SpecialId(string name) => vocabulary.RequireId(root.Required(name).AsInteger(), name, root.Required(name).Place);
        int[] special = [SpecialId("unk_id"), SpecialId("bos_id"), SpecialId("eos_id")];
        var merges = MergeTable.FromScores(vocabulary, scores, id => !special.Contains(id) && (id < firstByte || id >= firstByte + ByteCount));
        return new BytePairTokenizer
        {
            Description = "SentencePiece BPE (llama2.c)",
            Pieces = new SymbolPieces(vocabulary, merges, [.. Enumerable.Range(firstByte, ByteCount)], special[0], spaceMark: false),
            Added = new AddedTokens(special.Distinct().Select(id => new AddedToken(pieces[id].Trim(), id))),
            Prefix = DummyPrefix.EveryFragment,
            BeginOfSequence = special[1],
        };
    }
}
