using Nodal.Models;
using Nodal.Runtime;
using Nodal.Tasks;

namespace Nodal.Runs;

/// <summary>Which pairs a run is made on.</summary>
public sealed record TaskRequest
{
    /// <summary>Training pairs of a made task where nothing else is said, and as many for selection and for test.</summary>
    public const int DefaultPairs = 600;

    /// <summary>The task of doing on every input what the full model does, of models of few words.</summary>
    public const string EveryInput = "every-input";

    /// <summary>A task's name (<see cref="EveryInput"/> too) or the path of a pairs file; default <c>gp</c>.</summary>
    public string Task { get; init; } = "gp";

    /// <summary>Training pairs, and as many for selection and for test; default 600 for a made task, all of a file or of every input.</summary>
    public int? Pairs { get; init; }

    /// <summary>Training pairs where they are fewer than <see cref="Pairs"/>; default as many.</summary>
    public int? TrainingPairs { get; init; }

    /// <summary>Pairs file to select on; default a fifth of the task's.</summary>
    public string? SelectionFile { get; init; }

    /// <summary>Pairs file to test on; default a fifth of the task's.</summary>
    public string? TestFile { get; init; }

    /// <summary>Every pair of a pairs file is a test pair: for measuring, where nothing is trained. Default <see langword="false"/>.</summary>
    public bool Whole { get; init; }

    /// <summary>Seed of making and splitting; default 0.</summary>
    public int Seed { get; init; }

    /// <summary>Refuses what cannot be.</summary>
    public void Validate()
    {
        if (Pairs is <= 0 || TrainingPairs is <= 0)
        {
            Throw.Usage("--pairs is no number of pairs", found: $"{Pairs ?? TrainingPairs}", expected: "1 or more", remedy: "Give a whole number above 0");
        }
    }

    /// <summary>Makes or reads the pairs in a model's tokens.</summary>
    /// <exception cref="NodalException">The request is not as it must be, the model has no tokenizer, the task cannot be made, or the file is not as it must be.</exception>
    public TaskData Load(LoadedModel model)
    {
        Validate();
        if (model.Tokenizer is not { } tokenizer)
        {
            Throw.Input(
                "the model has no tokenizer", found: $"none of tokenizer.json, vocab.json with merges.txt in {model.Path}", expected: "one of them beside the weights",
                remedy: "Put the model's tokenizer into its folder");
            return null;
        }

        if (Task == EveryInput)
        {
            return EveryInputs.Make(model, this);
        }

        var pairs = Resolved(model).Pairs;
        return Fitting(model.Transformer.Config, TaskLoader.Load(Source(model), tokenizer, new TaskOptions
        {
            TrainPairs = TrainingPairs ?? pairs,
            SelectionPairs = pairs,
            TestPairs = pairs,
            Seed = Seed,
            Whole = Whole,
            SelectionFile = SelectionFile,
            TestFile = TestFile,
            ContextLength = model.Transformer.LongestPrompt,
        }));
    }

    /// <summary>The same with the number of pairs of a made task filled in.</summary>
    public TaskRequest Resolved(LoadedModel model) => this with { Pairs = Pairs ?? (PromptTasks.Find(Source(model)) is null ? null : DefaultPairs) };

    /// <summary>Whether the pairs are the embedded model's own.</summary>
    internal bool IsEmbedded(LoadedModel model) => Source(model) == EmbeddedModel.GenderedPronounPairs;

    /// <summary>Refuses tokens that the model has no embedding for, and answers that it cannot give: its outputs need not be the tokens of its vocabulary.</summary>
    private static TaskData Fitting(ModelConfig config, TaskData task)
    {
        const string Remedy = "Use the tokenizer that belongs to the weights";
        EncodedPair[] pairs = [.. task.Train, .. task.Selection, .. task.Test];
        var unknown = pairs.SelectMany(pair => pair.Clean.Concat(pair.Corrupted)).Where(id => id < 0 || id >= config.VocabularySize).ToArray();
        if (unknown.Length > 0)
        {
            Throw.Input(
                $"the model has no embedding for a token in a prompt of {task.Name}", found: $"token {unknown[0]}", expected: $"one of its {config.VocabularySize} tokens", remedy: Remedy);
        }

        var highest = pairs.SelectMany(pair => pair.Answers.Concat(pair.Foils)).Max();
        if (highest >= config.OutputSize)
        {
            Throw.Input(
                $"the model has no output for an answer or foil of {task.Name}", found: $"token {highest}", expected: $"one of its {config.OutputSize} outputs",
                remedy: config.OutputSize == config.VocabularySize ? Remedy : $"Use --task {EveryInput}, which makes pairs of the model's own outputs");
        }

        return task;
    }

    /// <summary>The embedded model's gendered pronouns are its own: it cannot do the papers' prompts.</summary>
    private string Source(LoadedModel model) => Task == "gp" && EmbeddedModel.Is(model.Reference) ? EmbeddedModel.GenderedPronounPairs : Task;
}
