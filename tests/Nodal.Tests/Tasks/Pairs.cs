using Nodal.Tasks;

namespace Nodal.Tests.Tasks;

/// <summary>Short ways to make pairs, and to say what splits share.</summary>
internal static class Pairs
{
    public static PromptPair Of(string clean, string corrupted, string answer = " yes", string foil = " no") =>
        new() { Clean = clean, Corrupted = corrupted, Answers = [answer], Foils = [foil] };

    public static IEnumerable<string> Prompts(this IEnumerable<EncodedPair> pairs) => pairs.SelectMany(pair => new[] { pair.Pair.Clean, pair.Pair.Corrupted });

    public static IEnumerable<EncodedPair> All(this TaskData data) => data.Train.Concat(data.Selection).Concat(data.Test);

    public static void ShouldShareNoPrompt(this TaskData data)
    {
        data.Train.Prompts().Intersect(data.Selection.Prompts()).ShouldBeEmpty();
        data.Train.Prompts().Intersect(data.Test.Prompts()).ShouldBeEmpty();
        data.Selection.Prompts().Intersect(data.Test.Prompts()).ShouldBeEmpty();
    }

    public static void ShouldBeAligned(this TaskData data)
    {
        foreach (var pair in data.All())
        {
            pair.Corrupted.Length.ShouldBe(pair.Clean.Length);
            pair.Corrupted.SequenceEqual(pair.Clean).ShouldBeFalse();
            pair.Answers.ShouldNotBeEmpty();
            pair.Foils.ShouldNotBeEmpty();
            pair.Answers.Intersect(pair.Foils).ShouldBeEmpty();
        }
    }

    /// <summary>Everything a pair says, comparable.</summary>
    public static string Line(this PromptPair pair) =>
        string.Join('|', pair.Clean, pair.Corrupted, string.Join('/', pair.Answers), string.Join('/', pair.Foils), pair.Origin);
}
