using Nodal.Runtime;

namespace Nodal.Tasks;

/// <summary>Rows of Edge-Pruning's data sets (Bhaskar et al. 2024): every field has a <c>corr_</c> twin.</summary>
internal static class EdgePruningRows
{
    /// <summary>The sentence's last word is the answer <c>a</c>; <c>b</c> is the giver.</summary>
    public static PromptPair Ioi(JsonRow row)
    {
        var (sentence, answer) = (row.Text("ioi_sentences"), " " + row.Text("a"));
        if (!sentence.EndsWith(answer, StringComparison.Ordinal))
        {
            Throw.Input(
                $"{row.Place} has no usable 'ioi_sentences'", found: Excerpt.Of(sentence), expected: $"a sentence that ends in '{answer}', the field 'a'",
                remedy: "Correct the row, or remove it");
        }

        var corrupted = row.Text("corr_ioi_sentences").TrimEnd();
        return new PromptPair
        {
            Clean = sentence[..^answer.Length],
            Corrupted = corrupted[..Math.Max(0, corrupted.LastIndexOf(' '))],
            Answers = [answer],
            Foils = [" " + row.Text("b")],
        };
    }

    public static PromptPair GenderedPronoun(JsonRow row) => Either(row, "prefix", "pronoun", "he", "she");

    public static PromptPair BooleanExpression(JsonRow row) => Either(row, "input", "target", "True", "False");

    /// <summary>Answers are the continuations later than <c>digits</c>.</summary>
    public static PromptPair? GreaterThan(JsonRow row, PairRows rows) =>
        rows.GreaterThan(row.Text("prefix"), row.Text("corr_prefix"), row.Text("digits"), row.Place);

    private static PromptPair Either(JsonRow row, string prompt, string field, string one, string other)
    {
        var answer = row.Text(field);
        if (answer != one && answer != other)
        {
            Throw.Input(
                $"{row.Place} has no usable '{field}'", found: Excerpt.Of(answer), expected: $"'{one}' or '{other}'",
                remedy: "Correct the row, or remove it");
        }

        return new PromptPair
        {
            Clean = row.Text(prompt),
            Corrupted = row.Text("corr_" + prompt),
            Answers = [" " + answer],
            Foils = [" " + (answer == one ? other : one)],
        };
    }
}
