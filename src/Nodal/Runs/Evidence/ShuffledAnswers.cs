using System.Collections.Immutable;
using Nodal.Tasks;

namespace Nodal.Runs.Evidence;

/// <summary>Pairs whose answers have changed places: what the full model says on one, its distribution as well as answers and foils, belongs to another's prompts.</summary>
internal static class ShuffledAnswers
{
    /// <param name="pairs">The pairs.</param>
    /// <param name="seed">Of the shuffling.</param>
    public static ImmutableArray<EncodedPair> Of(ImmutableArray<EncodedPair> pairs, int seed)
    {
        var answered = pairs.ToArray();
        new Random(seed).Shuffle(answered);
        return [.. pairs.Zip(answered, (pair, other) => pair with { AnswerOf = other, Answers = other.Answers, Foils = other.Foils })];
    }
}
