using System.Collections.Immutable;
using Nodal.Runtime;
using Nodal.Tokenization;

namespace Nodal.Tasks;

/// <summary>A task of the literature whose pairs Nodal makes for the tokenizer at hand; all of them are in <see cref="PromptTasks"/>.</summary>
public abstract class PromptTask
{
    // A random stream of candidates has no end; after so many that bring nothing the lexicon is taken to be used up.
    private const int Patience = 5000;

    private protected PromptTask()
    {
    }

    /// <summary>The name the tool knows it by: <c>ioi</c>.</summary>
    public abstract string Name { get; }

    /// <summary>One line: prompt, answer, foil, corruption.</summary>
    public abstract string Description { get; }

    /// <summary>Where the task comes from.</summary>
    public abstract string Paper { get; }

    /// <summary>Makes the pairs and splits them; train, selection and test share no prompt, clean or corrupted.</summary>
    /// <param name="tokenizer">The tokenizer of the model at hand.</param>
    /// <param name="options">How many pairs, and the seed.</param>
    /// <exception cref="NodalException">An option is wrong, or the lexicon gives fewer pairs than asked for with this tokenizer.</exception>
    public TaskData Make(ITokenizer tokenizer, TaskOptions options)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        RefuseFiles(options);

        var train = options.TrainPairs ?? TaskOptions.DefaultTrainPairs;
        ImmutableArray<int> sizes = [train, options.SelectionPairs ?? train, options.TestPairs ?? train];
        var drops = new DropCounter();
        var filler = new SplitFiller(new PairEncoder(tokenizer, options.ContextLength), sizes, drops);
        var inVain = 0;
        foreach (var candidate in Candidates(tokenizer, new Random(options.Seed), drops))
        {
            inVain = filler.Offer(candidate) ? 0 : inVain + 1;
            if (filler.IsFull || inVain == Patience)
                break;
        }

        if (!filler.IsFull)
        {
            TooFew(tokenizer, filler.Counts, sizes, drops);
        }

        return filler.ToSplits().ToTaskData(Name, drops);
    }

    /// <summary>Pairs in random order, with or without end; words of the lexicon that do not fit the tokenizer are counted as dropped.</summary>
    private protected abstract IEnumerable<PromptPair> Candidates(ITokenizer tokenizer, Random random, DropCounter drops);

    private void RefuseFiles(TaskOptions options)
    {
        if ((options.SelectionFile ?? options.TestFile) is { } file)
        {
            Throw.Usage(
                $"task '{Name}' makes its own selection and test pairs", found: $"the pairs file {file}", expected: "no file beside a made task",
                remedy: "Leave the file out, or give a pairs file as the task");
        }
    }

    private void TooFew(ITokenizer tokenizer, ImmutableArray<int> made, ImmutableArray<int> asked, DropCounter drops)
    {
        var reasons = drops.Describe();
        Throw.Input(
            $"task '{Name}' cannot give as many pairs as asked for with the tokenizer {tokenizer.Description}",
            found: $"{Sizes(made)}{(reasons.Length > 0 ? $" (dropped: {reasons})" : "")}", expected: Sizes(asked),
            remedy: "Ask for fewer pairs, or give a pairs file of your own");
    }

    private static string Sizes(ImmutableArray<int> counts) =>
        $"{counts.Sum()} pairs, {counts[0]} for train, {counts[1]} for selection, {counts[2]} for test";
}
