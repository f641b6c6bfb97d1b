using System.Globalization;
using Nodal.Runtime;

namespace Nodal.Tokenization;

/// <summary>Tokenizers from the metadata of GGUF files.</summary>
/// <remarks>Keys and defaults are those of ggml's <c>gguf.md</c> and llama.cpp. Tokens of types 2 (unknown), 3 (control) and 4 (user-defined) are found in text.</remarks>
internal static class GgufTokenizer
{
    private const int OrdinaryType = 1;
    private const int UnknownType = 2;
    private const int ControlType = 3;
    private const int UserDefinedType = 4;
    private const int ByteType = 6;
    private const string Source = "GGUF tokenizer";

    /// <summary>Makes the tokenizer that <c>tokenizer.ggml.*</c> describes.</summary>
    /// <param name="metadata">Key-value metadata: strings, booleans, floats, integers of their own width, arrays as typed .NET arrays.</param>
    /// <returns>Byte-level BPE for model <c>gpt2</c>, SentencePiece BPE for model <c>llama</c>.</returns>
    /// <exception cref="NodalException">A key is missing or wrong, or the model or its pre-tokenizer is not supported.</exception>
    public static ITokenizer From(IReadOnlyDictionary<string, object> metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        var values = new GgufMetadata(metadata);
        var model = values.Text("tokenizer.ggml.model");
        if (model is not ("gpt2" or "llama"))
        {
            Throw.Input("GGUF key tokenizer.ggml.model names a tokenizer that is not supported", model is null ? "nothing" : $"'{model}'", "'gpt2' (byte-level BPE) or 'llama' (SentencePiece BPE)", "use a model with one of these tokenizers");
        }

        var vocabulary = Vocabulary.FromPieces(values.Texts("tokenizer.ggml.tokens"), Source);
        var types = values.Integers("tokenizer.ggml.token_type", vocabulary.Size);
        return model == "gpt2" ? ByteLevel(values, vocabulary, types) : SentencePiece(values, vocabulary, types);
    }

    private static BytePairTokenizer ByteLevel(GgufMetadata values, Vocabulary vocabulary, int[]? types)
    {
        var pre = NamedPreTokenizer.Find(values.Text("tokenizer.ggml.pre"));
        var merges = values.Texts("tokenizer.ggml.merges").Select((line, rank) => Merge.Parse(line, Place(rank)));
        return new BytePairTokenizer
        {
            Description = $"byte-level BPE ({pre.Name})",
            Pieces = new ByteLevelPieces(vocabulary, [.. merges], Source, wholePiecesFirst: pre.WholePiecesFirst),
            Added = Added(vocabulary, types),
            PreTokenizer = pre.Steps,
            BeginOfSequence = BeginOfSequence(values, vocabulary, unlessSaid: pre.AddsBeginOfSequence),
        };
    }

    private static BytePairTokenizer SentencePiece(GgufMetadata values, Vocabulary vocabulary, int[]? types)
    {
        types ??= InferredTypes(vocabulary, values.Id("tokenizer.ggml.unknown_token_id"));
        var merges = MergeTable.FromScores(vocabulary, values.Floats("tokenizer.ggml.scores", vocabulary.Size), id => types[id] == OrdinaryType);
        var unknown = values.Id("tokenizer.ggml.unknown_token_id");
        return new BytePairTokenizer
        {
            Description = "SentencePiece BPE (llama)",
            Pieces = new SymbolPieces(vocabulary, merges, SymbolPieces.FindByteIds(vocabulary), unknown is { } id ? vocabulary.RequireId(id, "the unknown token", Source) : null, spaceMark: true),
            Added = Added(vocabulary, types),
            Prefix = values.Flag("tokenizer.ggml.add_space_prefix") ?? true ? DummyPrefix.EveryFragment : DummyPrefix.None,
            Normalizations = [text => text.Replace(' ', SymbolPieces.SpaceMark)],
            BeginOfSequence = BeginOfSequence(values, vocabulary, unlessSaid: true),
        };
    }

    private static AddedTokens Added(Vocabulary vocabulary, int[]? types) =>
        new(types is null ? [] : types.Select((type, id) => (type, id))
            .Where(token => token.type is UnknownType or ControlType or UserDefinedType)
            .Select(token => new AddedToken(vocabulary.PieceOf(token.id), token.id)));

    /// <summary>Files without types are old; their bytes are known by name, their unknown token by its key.</summary>
    private static int[] InferredTypes(Vocabulary vocabulary, int? unknown)
    {
        var types = new int[vocabulary.Size];
        Array.Fill(types, OrdinaryType);
        foreach (var id in SymbolPieces.FindByteIds(vocabulary).Where(id => id >= 0))
        {
            types[id] = ByteType;
        }

        if (unknown is { } unknownId && unknownId < types.Length)
        {
            types[unknownId] = UnknownType;
        }

        return types;
    }

    private static int? BeginOfSequence(GgufMetadata values, Vocabulary vocabulary, bool unlessSaid)
    {
        if (!(values.Flag("tokenizer.ggml.add_bos_token") ?? unlessSaid))
        {
            return null;
        }

        if (values.Id("tokenizer.ggml.bos_token_id") is not { } id)
        {
            Throw.Input("GGUF key tokenizer.ggml.bos_token_id is missing", "nothing", "an id, since the model takes a begin-of-sequence token", "convert the model again");
            return null;
        }

        return vocabulary.RequireId(id, "the begin-of-sequence token", Source);
    }

    private static string Place(int rank) => string.Create(CultureInfo.InvariantCulture, $"GGUF key tokenizer.ggml.merges, element {rank}");
}
