using Nodal.Models;
using Nodal.Runs.Evidence;
using Nodal.Tasks;
using Nodal.Tests.Models;
using Nodal.Tests.Tasks;

namespace Nodal.Tests.Runs.Evidence;

/// <summary>Pairs that the evidence makes of others.</summary>
public sealed class OtherPairsTests : IDisposable
{
    private readonly WordTokenizer _tokenizer = new();
    private readonly LoadedModel _model;

    public OtherPairsTests() => _model = new LoadedModel
    {
        Reference = "tiny", Path = "", Format = "", Hash = "", Tokenizer = _tokenizer,
        Transformer = new Transformer(TinyModels.Config("gpt2") with { ContextLength = 100 }, TinyModels.Weights(TinyModels.Config("gpt2"), TorchSharp.torch.ScalarType.Float64, seed: 1)),
    };

    public void Dispose() => _model.Dispose();

    [Fact]
    public void Shuffled_answers_are_those_of_the_same_pairs_in_another_order()
    {
        var pairs = Encoded([.. Enumerable.Range(0, 30).Select(i => ($"Ann has {i} .", $"Bob has {i} ."))]);

        var shuffled = ShuffledAnswers.Of(pairs, seed: 1);

        shuffled.Select(pair => pair.AnswerOf!.Pair.Clean).Order().ShouldBe(pairs.Select(pair => pair.Pair.Clean).Order());
        shuffled.Count(pair => pair.AnswerOf!.Pair.Clean == pair.Pair.Clean).ShouldBeLessThan(10);
        shuffled.Select(pair => pair.Clean).ShouldBe(pairs.Select(pair => pair.Clean));
        shuffled.ShouldAllBe(pair => pair.Answers == pair.AnswerOf!.Answers);
    }

    [Fact]
    public void Longer_prompts_end_in_the_old_ones_and_begin_alike()
    {
        var pairs = Encoded(("Ann was sad .", "Bob was sad ."), ("def f ( a", "def f ( b"));

        var longer = LongerPrompts.Of(pairs, 1, _model);

        longer.Select(pair => pair.Pair.Clean).ShouldBe(["It was a sunny day. Ann was sad .", "# This is a small example.\ndef f ( a"]);
        longer.ShouldAllBe(pair => pair.Clean.Length == pair.Corrupted.Length && pair.Clean[0] == pair.Corrupted[0]);
        LongerPrompts.Of(pairs, LongerPrompts.Most, _model)[0].Length.ShouldBeGreaterThan(longer[0].Length);
    }

    [Fact]
    public void Of_a_model_of_few_words_there_is_no_longer_prompt()
    {
        using var compiled = ModelLoader.Load(EmbeddedModel.Reverse);

        LongerPrompts.Obstacle(_model).ShouldBeNull();
        LongerPrompts.Obstacle(compiled).ShouldBe($"the model knows {compiled.Tokenizer!.VocabularySize} words, and no sentence is made of them");
    }

    [Fact]
    public void Prompts_that_become_too_long_are_left_out() =>
        LongerPrompts.Of(Encoded((string.Join(' ', Enumerable.Repeat("and", 97)) + " Ann", string.Join(' ', Enumerable.Repeat("and", 97)) + " Bob")), 1, _model).ShouldBeEmpty();

    [Fact]
    public void Other_names_are_none_of_the_tasks_own()
    {
        var pairs = OtherNames.Of(_model, 20, seed: 2);

        pairs.Length.ShouldBe(20);
        var own = IoiLexicon.Embedded.Names.Select(name => " " + name).ToHashSet();
        pairs.SelectMany(pair => pair.Pair.Answers.Concat(pair.Pair.Foils)).ShouldAllBe(name => !own.Contains(name));
    }

    [Fact]
    public void A_third_of_the_templates_is_held_out_and_no_training_pair_has_one_of_them()
    {
        string[] endings = ["was sad .", "was happy .", "has a dog .", "went home .", "ate .", "sang ."];
        var pairs = Encoded([.. Enumerable.Range(0, 60).Select(i => ($"{Name(i)} {endings[i % 6]}", $"{Name(i + 1)} {endings[i % 6]}"))]);

        var held = HeldOutGroups.Of(pairs, pairs, HeldOutGroups.Template, _ => null, seed: 4)!;

        (held.Groups, held.HeldOutCount).ShouldBe((6, 2));
        (held.Train.Length, held.Kept.Length, held.HeldOut.Length).ShouldBe((40, 40, 20));
        held.Train.Select(HeldOutGroups.Template).Intersect(held.HeldOut.Select(i => HeldOutGroups.Template(pairs[i]))).ShouldBeEmpty();
    }

    [Fact]
    public void A_name_that_is_held_out_is_in_no_training_prompt_clean_or_corrupted()
    {
        var pairs = Encoded([.. Enumerable.Range(0, 90).Select(i => ($"So {Name(i)} was tired of {i} .", $"So {Name(i + 1 + (i / 9 % 8))} was tired of {i} ."))]);

        var held = HeldOutGroups.Of(pairs, pairs, HeldOutGroups.Name, HeldOutGroups.CorruptedName, seed: 4)!;

        (held.Groups, held.HeldOutCount, held.HeldOut.Length).ShouldBe((9, 3, 30));
        var names = held.HeldOut.Select(i => HeldOutGroups.Name(pairs[i])!).ToHashSet();
        names.Count.ShouldBe(3);
        held.Train.Concat(held.Kept.Select(i => pairs[i])).ShouldAllBe(pair => !names.Any(name => pair.Pair.Clean.Contains(name) || pair.Pair.Corrupted.Contains(name)));
    }

    [Fact]
    public void The_templates_of_indirect_object_identification_are_its_own_whatever_place_and_object_are()
    {
        var task = new IoiTask().Make(_tokenizer, new TaskOptions { TrainPairs = 100, Seed = 1 });

        task.Train.Select(HeldOutGroups.Template).Distinct().Count().ShouldBe(15);
        task.Train.ShouldAllBe(pair => pair.Pair.Origin.EndsWith($"template {HeldOutGroups.Template(pair)}"));
    }

    [Fact]
    public void Pairs_that_are_in_no_groups_are_not_held_out()
    {
        var scattered = Encoded([.. Enumerable.Range(0, 40).Select(i => ($"Ann has {i} .", $"Bob has {i} ."))]);
        var one = Encoded([.. Enumerable.Range(0, 40).Select(i => ($"{Name(i)} was sad .", $"{Name(i + 1)} was sad ."))]);

        HeldOutGroups.Of(scattered, scattered, HeldOutGroups.Template, _ => null, seed: 4).ShouldBeNull("each is a template of its own");
        HeldOutGroups.Of(one, one, HeldOutGroups.Template, _ => null, seed: 4).ShouldBeNull("there is one template");
    }

    private static string Name(int number) => new[] { "Ann", "Bob", "Cid", "Dan", "Eve", "Fay", "Gus", "Hal", "Ivy" }[number % 9];

    private System.Collections.Immutable.ImmutableArray<EncodedPair> Encoded(params (string Clean, string Corrupted)[] prompts)
    {
        var encoder = new PairEncoder(_tokenizer);
        return [.. prompts.Select((prompt, i) => encoder.Encode(Pairs.Of(prompt.Clean, prompt.Corrupted, i % 2 == 0 ? " yes" : " no", i % 2 == 0 ? " no" : " yes"), out _)!)];
    }
}
