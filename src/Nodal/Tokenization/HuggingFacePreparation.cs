using System.Collections.Immutable;

namespace Nodal.Tokenization;

/// <summary>What <c>normalizer</c> and <c>pre_tokenizer</c> of a <c>tokenizer.json</c> ask for, in the order they ask for it.</summary>
internal sealed class HuggingFacePreparation
{
    private readonly List<Func<string, string>> _normalizations = [];
    private readonly List<TextSplit> _steps = [];

    private HuggingFacePreparation()
    {
    }

    /// <summary>Whether pieces are written in <see cref="ByteLevelAlphabet"/>.</summary>
    public bool IsByteLevel { get; private set; }

    /// <summary>Whether spaces become <see cref="SymbolPieces.SpaceMark"/>.</summary>
    public bool MarksSpaces { get; private set; }

    /// <summary>When a space is put first.</summary>
    public DummyPrefix Prefix { get; private set; }

    /// <summary>Changes of the text.</summary>
    public ImmutableArray<Func<string, string>> Normalizations => [.. _normalizations];

    /// <summary>Cuts of the text.</summary>
    public ImmutableArray<TextSplit> Steps => [.. _steps];

    /// <summary>Reads both parts; one that is not supported is a fault that names it.</summary>
    public static HuggingFacePreparation Read(JsonPart root)
    {
        var preparation = new HuggingFacePreparation();
        if (root.Optional("normalizer") is { } normalizer)
        {
            preparation.AddNormalizer(normalizer);
            if (preparation.Prefix != DummyPrefix.None && !preparation.MarksSpaces)
            {
                normalizer.ThrowWrong("a prefix, but spaces stay spaces", "Prepend together with Replace of ' ' by U+2581");
            }
        }

        if (root.Optional("pre_tokenizer") is { } preTokenizer)
        {
            preparation.AddPreTokenizer(preTokenizer);
        }

        return preparation;
    }

    private void AddNormalizer(JsonPart part)
    {
        switch (part.Required("type").AsText())
        {
            case "Sequence":
                foreach (var element in part.Required("normalizers").Elements())
                {
                    AddNormalizer(element);
                }

                break;
            case "NFC":
                _normalizations.Add(NormalizationFormC.Apply);
                break;
            case "Prepend" when IsMark(part.Required("prepend")):
                Prefix = DummyPrefix.EveryFragment;
                break;
            case "Replace" when part.Required("pattern").Optional("String") is { } pattern && pattern.AsText().Length > 0:
                AddReplacement(pattern.AsText(), part.Required("content").AsText());
                break;
            case var type:
                part.ThrowWrong($"normalizer {type} as set here", "Sequence, NFC, Prepend of U+2581, Replace of a non-empty String", "use a model with a supported tokenizer");
                break;
        }
    }

    private void AddReplacement(string pattern, string content)
    {
        _normalizations.Add(text => text.Replace(pattern, content, StringComparison.Ordinal));
        MarksSpaces |= pattern == " " && content == SymbolPieces.SpaceMark.ToString();
    }

    private void AddPreTokenizer(JsonPart part)
    {
        var type = part.Required("type").AsText();
        if (IsByteLevel)
        {
            part.ThrowWrong($"{type} after ByteLevel", "ByteLevel as the last pre-tokenizer", "use a model with a supported tokenizer");
        }

        switch (type)
        {
            case "Sequence":
                foreach (var element in part.Required("pretokenizers").Elements())
                {
                    AddPreTokenizer(element);
                }

                break;
            case "ByteLevel":
                AddByteLevel(part);
                break;
            case "Digits":
                _steps.Add(new TextSplit(part.Flag("individual_digits", false) ? NamedPreTokenizer.SingleDigits : @"\p{N}+"));
                break;
            case "Split":
                _steps.Add(HuggingFaceSplit.Read(part));
                break;
            case "Metaspace" when part.Optional("replacement") is not { } replacement || IsMark(replacement):
                AddMetaspace(part);
                break;
            default:
                part.ThrowWrong($"pre-tokenizer {type} as set here", "Sequence, ByteLevel, Digits, Split, Metaspace with U+2581", "use a model with a supported tokenizer");
                break;
        }
    }

    private void AddByteLevel(JsonPart part)
    {
        if (part.Flag("add_prefix_space", true))
        {
            SetPrefix(part, DummyPrefix.EveryFragmentWithoutSpace);
        }

        if (part.Flag("use_regex", true))
        {
            _steps.Add(new TextSplit(NamedPreTokenizer.Gpt2));
        }

        IsByteLevel = true;
    }

    private void AddMetaspace(JsonPart part)
    {
        var scheme = part.Optional("prepend_scheme")?.AsText() ?? (part.Flag("add_prefix_space", true) ? "always" : "never");
        if (scheme is not ("always" or "first" or "never"))
        {
            part.ThrowWrong($"prepend_scheme '{scheme}'", "always, first or never");
        }

        if (scheme != "never")
        {
            SetPrefix(part, scheme == "first" ? DummyPrefix.StartWithoutSpace : DummyPrefix.EveryFragmentWithoutSpace);
        }

        AddReplacement(" ", SymbolPieces.SpaceMark.ToString());
        if (part.Flag("split", true))
        {
            _steps.Add(new TextSplit(SymbolPieces.SpaceMark.ToString(), SplitBehavior.MergedWithNext));
        }
    }

    /// <summary>The reference prefixes every piece of the step before; only as the first step that is the prefix of a text.</summary>
    private void SetPrefix(JsonPart part, DummyPrefix prefix)
    {
        if (_steps.Count > 0 || Prefix != DummyPrefix.None)
        {
            part.ThrowWrong("a prefix space after another pre-tokenizer or prefix", "the prefix in the first pre-tokenizer only", "use a model with a supported tokenizer");
        }

        Prefix = prefix;
    }

    private static bool IsMark(JsonPart part) => part.AsText() == SymbolPieces.SpaceMark.ToString();
}
