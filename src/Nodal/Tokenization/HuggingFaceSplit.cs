using System.Text.RegularExpressions;

namespace Nodal.Tokenization;

/// <summary>The pre-tokenizer <c>Split</c> of a <c>tokenizer.json</c>.</summary>
internal static class HuggingFaceSplit
{
    /// <summary>Reads pattern, behaviour and inversion.</summary>
    public static TextSplit Read(JsonPart part)
    {
        var behavior = part.Required("behavior");
        if (!Enum.GetNames<SplitBehavior>().Contains(behavior.AsText()))
        {
            behavior.ThrowWrong($"'{behavior.AsText()}'", string.Join(", ", Enum.GetNames<SplitBehavior>()));
        }

        var pattern = part.Required("pattern");
        var expression = pattern.Optional("String") is { } text ? Regex.Escape(text.AsText()) : pattern.Required("Regex").AsText();
        return new TextSplit(expression, Enum.Parse<SplitBehavior>(behavior.AsText()), part.Flag("invert", false), part.Place);
    }
}
