using System.Collections.Immutable;
using Nodal.Runtime;
using Nodal.Tokenization;

namespace Nodal.Tasks;

/// <summary>The pairs of a task, whether Nodal makes them or a file holds them.</summary>
public static class TaskLoader
{
    private const double SelectionShare = .2;
    private const double TestShare = .2;

    /// <summary>Makes the task of that name, or reads and splits the pairs file at that path.</summary>
    /// <param name="nameOrPath">A name of <see cref="PromptTasks"/>, or the path of a pairs file.</param>
    /// <param name="tokenizer">The tokenizer of the model at hand.</param>
    /// <param name="options">How many pairs, how they are split, and the seed.</param>
    /// <exception cref="NodalException">There is no such task or file, an option is wrong, or too few pairs fit the tokenizer.</exception>
    public static TaskData Load(string nameOrPath, ITokenizer tokenizer, TaskOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(nameOrPath);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (PromptTasks.Find(nameOrPath) is { } task)
        {
            return task.Make(tokenizer, options);
        }

        if (!File.Exists(nameOrPath) && Path.GetFileName(nameOrPath) == nameOrPath && !Path.HasExtension(nameOrPath))
        {
            Throw.Usage(
                $"there is no task '{nameOrPath}'", found: "neither the name of a task nor a file",
                expected: $"{string.Join(", ", PromptTasks.All.Select(known => known.Name))}, or the path of a pairs file",
                remedy: "List the tasks with 'nodal task list'");
        }

        return Split(PairsFile.Read(nameOrPath, tokenizer), Path.GetFileName(nameOrPath), tokenizer, options);
    }

    private static TaskData Split(PairsFileContent content, string name, ITokenizer tokenizer, TaskOptions options)
    {
        var drops = new DropCounter();
        var encoder = new PairEncoder(tokenizer, options.ContextLength);
        var pairs = Encode(content, name, encoder, drops);
        if (options.Whole)
        {
            return new PairSplits([], [], Limit(pairs, options.TestPairs)).ToTaskData(name, drops);
        }

        var test = EncodeFile(options.TestFile, tokenizer, encoder, drops);
        var selection = WithoutPromptsOf(test, EncodeFile(options.SelectionFile, tokenizer, encoder, drops), "selection", drops);
        var train = WithoutPromptsOf(test.Concat(selection), pairs, "training", drops);
        RefuseEmpty(train, name, "selection and test pairs");
        if (options.SelectionFile is { } selectionFile)
            RefuseEmpty(selection, Path.GetFileName(selectionFile), "test pairs");

        var selectionShare = options.SelectionFile is null ? SelectionShare : 0;
        var testShare = options.TestFile is null ? TestShare : 0;
        var splits = PairSplitter.Split(train, [1 - selectionShare - testShare, selectionShare, testShare], options.Seed, name);
        return new PairSplits(
            Limit(splits[0], options.TrainPairs),
            Limit(options.SelectionFile is null ? splits[1] : selection, options.SelectionPairs),
            Limit(options.TestFile is null ? splits[2] : test, options.TestPairs)).ToTaskData(name, drops);
    }

    private static ImmutableArray<EncodedPair> Limit(ImmutableArray<EncodedPair> pairs, int? most) => [.. pairs.Take(most ?? pairs.Length)];

    private static ImmutableArray<EncodedPair> EncodeFile(string? path, ITokenizer tokenizer, PairEncoder encoder, DropCounter drops) =>
        path is null ? [] : Encode(PairsFile.Read(path, tokenizer), Path.GetFileName(path), encoder, drops);

    private static ImmutableArray<EncodedPair> Encode(PairsFileContent content, string name, PairEncoder encoder, DropCounter drops)
    {
        var here = new DropCounter();
        foreach (var dropped in content.Dropped)
        {
            here.Add(dropped);
        }

        var pairs = ImmutableArray.CreateBuilder<EncodedPair>();
        foreach (var pair in content.Pairs)
        {
            if (encoder.Encode(pair, out var dropped) is { } encoded)
                pairs.Add(encoded);
            else
                here.Add(dropped!);
        }

        if (pairs.Count == 0)
        {
            Throw.Input(
                $"no pair of {name} fits the tokenizer", found: here.Describe(), expected: "prompts of equal token count, answers and foils of one token",
                remedy: "Correct what is named; a word of several tokens may lack the space before it, or wants another model");
        }

        foreach (var dropped in here.ToImmutable())
        {
            drops.Add(dropped);
        }

        return pairs.DrainToImmutable();
    }

    private static ImmutableArray<EncodedPair> WithoutPromptsOf(
        IEnumerable<EncodedPair> reserved, ImmutableArray<EncodedPair> pairs, string kind, DropCounter drops)
    {
        var prompts = reserved.SelectMany(pair => new[] { pair.Pair.Clean, pair.Pair.Corrupted }).ToHashSet();
        var kept = ImmutableArray.CreateBuilder<EncodedPair>();
        foreach (var pair in pairs)
        {
            if (prompts.Contains(pair.Pair.Clean) || prompts.Contains(pair.Pair.Corrupted))
                drops.Add($"prompt of a {kind} pair is also held out", pair.Pair.Origin);
            else
                kept.Add(pair);
        }

        return kept.DrainToImmutable();
    }

    private static void RefuseEmpty(ImmutableArray<EncodedPair> pairs, string name, string others)
    {
        if (pairs.IsEmpty)
        {
            Throw.Input(
                $"no pair of {name} is left", found: $"that every pair shares a prompt with the {others}", expected: "at least one pair of its own",
                remedy: "Give files that do not overlap");
        }
    }
}
