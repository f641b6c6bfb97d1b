namespace Nodal.Tokenization;

/// <summary>The part of a <c>tokenizer.json</c> that puts special tokens around a text. Prompts go on, so only what comes before counts.</summary>
internal static class HuggingFacePostProcessor
{
    /// <summary>The id put before a single text, or <see langword="null"/>.</summary>
    public static int? BeginOfSequence(JsonPart part, Vocabulary vocabulary)
    {
        switch (part.Required("type").AsText())
        {
            case "ByteLevel":
                return null;
            case "Sequence":
                int?[] found = [.. part.Required("processors").Elements().Select(processor => BeginOfSequence(processor, vocabulary)).Where(id => id is not null)];
                if (found.Length > 1)
                {
                    part.ThrowWrong($"{found.Length} processors that put a token first", "at most one");
                }

                return found.SingleOrDefault();
            case "TemplateProcessing":
                return OfTemplate(part, vocabulary);
            case var type:
                part.ThrowWrong($"post-processor {type}", "ByteLevel, Sequence, TemplateProcessing", "use a model with a supported tokenizer");
                return null;
        }
    }

    private static int? OfTemplate(JsonPart part, Vocabulary vocabulary)
    {
        var before = part.Required("single").Elements().TakeWhile(element => element.Optional("Sequence") is null)
            .Select(element => element.Required("SpecialToken").Required("id").AsText()).ToList();
        if (before.Count == 0)
        {
            return null;
        }

        var ids = part.Required("special_tokens").Required(before[0]).Required("ids").Elements().Select(id => id.AsInteger()).ToList();
        if (before.Count > 1 || ids.Count != 1)
        {
            part.ThrowWrong($"{before.Count} special tokens of {ids.Count} ids before the text", "at most one, of one id", "use a model with a supported tokenizer");
        }

        return vocabulary.RequireId(ids[0], "the begin-of-sequence token", part.Place);
    }
}
