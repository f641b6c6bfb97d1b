namespace Nodal.Tokenization;

/// <summary>Reads BPE tokenizers in the form of Hugging Face's <c>tokenizer.json</c>.</summary>
internal static class HuggingFaceTokenizerFile
{
    private static readonly string[] Decoders = ["ByteLevel", "ByteFallback", "Fuse", "Metaspace", "Replace", "Sequence", "Strip"];

    /// <summary>Reads the file.</summary>
    /// <exception cref="Runtime.NodalException">It is not a BPE tokenizer, is damaged, or has a part that is not supported.</exception>
    public static ITokenizer Load(string path) => JsonPart.ReadFile(path, Read);

    private static BytePairTokenizer Read(JsonPart root)
    {
        var model = root.Required("model");
        RequirePlainBytePairs(model);
        if (root.Optional("decoder") is { } decoder && !Decoders.Contains(decoder.Required("type").AsText()))
        {
            decoder.ThrowWrong($"decoder {decoder.Required("type").AsText()}", string.Join(", ", Decoders), "use a model with a supported tokenizer");
        }

        var added = AddedOf(root);
        var vocabulary = VocabularyOf(model.Required("vocab"), added);
        var preparation = HuggingFacePreparation.Read(root);
        return new BytePairTokenizer
        {
            Description = preparation.IsByteLevel ? "byte-level BPE (tokenizer.json)" : "SentencePiece BPE (tokenizer.json)",
            Pieces = PiecesOf(model, vocabulary, preparation),
            Added = new AddedTokens(added),
            Prefix = preparation.Prefix,
            Normalizations = preparation.Normalizations,
            PreTokenizer = preparation.Steps,
            BeginOfSequence = root.Optional("post_processor") is { } post ? HuggingFacePostProcessor.BeginOfSequence(post, vocabulary) : null,
        };
    }

    private static void RequirePlainBytePairs(JsonPart model)
    {
        if (model.Optional("type") is { } type && type.AsText() != "BPE")
        {
            type.ThrowWrong($"'{type.AsText()}'", "'BPE'", "use a model with a BPE tokenizer");
        }

        foreach (var affix in (ReadOnlySpan<string>)["continuing_subword_prefix", "end_of_word_suffix"])
        {
            if (model.Optional(affix) is { } text && text.AsText().Length > 0)
            {
                text.ThrowWrong($"'{text.AsText()}'", "none", "use a model without marked subwords");
            }
        }

        if (model.Optional("dropout") is { } dropout && dropout.AsFloat() != 0)
        {
            dropout.ThrowWrong("merges dropped at random", "no dropout", "set it to null: prompts need the same ids every time");
        }
    }

    private static List<AddedToken> AddedOf(JsonPart root)
    {
        var added = new List<AddedToken>();
        foreach (var part in root.Optional("added_tokens")?.Elements() ?? [])
        {
            if (part.Flag("single_word", false))
            {
                part.ThrowWrong("an added token with single_word", "single_word false", "use a model with a supported tokenizer");
            }

            added.Add(new AddedToken(part.Required("content").AsText(), part.Required("id").AsInteger(), part.Flag("lstrip", false), part.Flag("rstrip", false)));
        }

        return added;
    }

    private static Vocabulary VocabularyOf(JsonPart vocab, List<AddedToken> added)
    {
        var entries = vocab.IntegerMembers();
        if (entries.Count == 0)
        {
            vocab.ThrowWrong("an empty vocabulary", "at least one piece");
        }

        var known = entries.ToHashSet();
        entries.AddRange(added.Select(token => KeyValuePair.Create(token.Content, token.Id)).Distinct().Where(entry => !known.Contains(entry)));
        return Vocabulary.FromEntries(entries, vocab.Place);
    }

    private static PieceModel PiecesOf(JsonPart model, Vocabulary vocabulary, HuggingFacePreparation preparation)
    {
        var merges = MergesOf(model.Required("merges"));
        var unknown = model.Optional("unk_token")?.AsText();
        if (unknown is not null && !vocabulary.Ids.ContainsKey(unknown))
        {
            model.ThrowWrong($"unk_token '{unknown}' without an id", "an unknown token of the vocabulary");
        }

        var ignoreMerges = model.Flag("ignore_merges", false);
        if (preparation.IsByteLevel)
        {
            return new ByteLevelPieces(vocabulary, merges, model.Place, unknown, ignoreMerges);
        }

        if (ignoreMerges)
        {
            model.ThrowWrong("ignore_merges without a ByteLevel pre-tokenizer", "ignore_merges false", "use a model with a supported tokenizer");
        }

        return new SymbolPieces(
            vocabulary,
            MergeTable.FromMerges(vocabulary, merges, model.Place),
            model.Flag("byte_fallback", false) ? SymbolPieces.FindByteIds(vocabulary) : [],
            unknown is null ? null : vocabulary.Ids[unknown],
            preparation.MarksSpaces,
            model.Flag("fuse_unk", false));
    }

    private static Merge[] MergesOf(JsonPart merges) => [.. merges.Elements().Select(element =>
    {
        if (!element.IsArray)
        {
            return Merge.Parse(element.AsText(), element.Place);
        }

        string[] parts = [.. element.Elements().Select(part => part.AsText())];
        if (parts is not [{ Length: > 0 } left, { Length: > 0 } right])
        {
            element.ThrowWrong($"{parts.Length} parts", "two pieces, neither empty");
            return default;
        }

        return new Merge(left, right);
    })];
}
