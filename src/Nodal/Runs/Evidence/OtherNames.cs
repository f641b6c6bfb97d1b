using System.Collections.Immutable;
using Nodal.Models;
using Nodal.Tasks;

namespace Nodal.Runs.Evidence;

/// <summary>Pairs of indirect object identification with names that no pair of the task has: those of gendered pronouns that are not in its own list.</summary>
internal static class OtherNames
{
    /// <summary>The task that has others.</summary>
    public const string Task = "ioi";

    /// <param name="model">Whose tokenizer and longest prompt count.</param>
    /// <param name="count">How many pairs.</param>
    /// <param name="seed">Of making them.</param>
    public static ImmutableArray<EncodedPair> Of(LoadedModel model, int count, int seed)
    {
        var lexicon = GenderedPronounLexicon.Embedded;
        string[] names = [.. lexicon.Girls.Concat(lexicon.Boys).Distinct().Except(IoiLexicon.Embedded.Names)];
        var options = new TaskOptions { TrainPairs = 1, SelectionPairs = 1, TestPairs = count, Seed = seed, ContextLength = model.Transformer.LongestPrompt };
        return new IoiTask(names).Make(model.Tokenizer!, options).Test;
    }
}
