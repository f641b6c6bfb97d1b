using Nodal.Models;
using Nodal.Runs;
using Nodal.Runtime;
using Nodal.Tests.Models;
using Nodal.Tests.Weights;
using static TorchSharp.torch;

namespace Nodal.Tests.Runs;

/// <summary>What the task refuses, and what it makes of a model of two words and three positions.</summary>
public sealed class EveryInputsTests : IDisposable
{
    private static readonly TaskRequest Request = new() { Task = "every-input" };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_prompt_is_asked_at_every_position_after_the_first_word()
    {
        using var model = Load(words: """["yes", "no", "start", "compiler_pad"]""", context: 4, outputs: 3);
        var task = Request.Load(model);

        task.Train.Length.ShouldBe(8 * 3);
        task.Train.Select(pair => (pair.Pair.Clean, pair.AnswerPosition)).Distinct().Count().ShouldBe(24);
        using var scope = NewDisposeScope();
        foreach (var pair in task.Train)
        {
            pair.Clean[0].ShouldBe(2, "the first word is the one every prompt begins with, and the padding is in none");
            pair.Clean.Skip(1).ShouldAllBe(id => id < 2);
            var said = model.Transformer.Forward(tensor(pair.Clean.Select(id => (long)id).ToArray(), 1, 4))[0, pair.AnswerPosition].argmax(0).item<long>();
            pair.Answers.ShouldBe([(int)said]);
            pair.Foils.ShouldBe(Enumerable.Range(0, 3).Except(pair.Answers));
            pair.Corrupted.ShouldNotBe(pair.Clean);
        }
    }

    [Fact]
    public void Of_a_number_there_is_no_foil_and_a_warning_says_what_kl_is()
    {
        using var model = Load(words: """["yes", "no", "start", "compiler_pad"]""", context: 4, outputs: 1);
        var check = TaskChecking.Execute(model, Request);

        Request.Load(model).Test.ShouldAllBe(pair => pair.Answers.Length == 1 && pair.Foils.IsEmpty);
        check.Warnings.ShouldContain(warning => warning.StartsWith("the model's output is one number", StringComparison.Ordinal));
        check.Warnings.ShouldNotContain(warning => warning.Contains("hardly does the task", StringComparison.Ordinal));
    }

    [Fact]
    public void A_seed_draws_the_pairs_and_the_corrupted_prompts()
    {
        using var model = Load(words: """["yes", "no", "start", "compiler_pad"]""", context: 4, outputs: 3);
        string Drawn(int seed) => string.Join(';', (Request with { Pairs = 9, Seed = seed }).Load(model).Train.Select(pair => $"{pair.Pair.Clean}|{pair.Pair.Corrupted}|{pair.AnswerPosition}"));

        Drawn(1).ShouldBe(Drawn(1));
        Drawn(1).ShouldNotBe(Drawn(2));
    }

    [Fact]
    public void Models_without_a_list_of_words_or_with_too_many_inputs_are_refused()
    {
        using var stories = ModelLoader.Load(EmbeddedModel.Id);
        using var large = Load(words: """["a", "b", "c", "start"]""", context: 12, outputs: 3);

        Should.Throw<NodalException>(() => Request.Load(stories)).Message.ShouldContain("task 'every-input' needs a model of few words: found stories260K, a model of 512 tokens");
        Should.Throw<NodalException>(() => Request.Load(large)).Message.ShouldContain("cannot run every input: found 3 words at 11 positions; expected 2 to 16384 inputs in all");
        Should.Throw<NodalException>(() => (Request with { TestFile = "pairs.jsonl" }).Load(large)).Message.ShouldContain("has its own selection and test pairs: found the pairs file pairs.jsonl");
    }

    [Fact]
    public void Answers_of_a_pairs_file_must_be_outputs_of_the_model()
    {
        using var model = Load(words: """["yes", "no", "start", "maybe"]""", context: 4, outputs: 3);
        string File(string answer)
        {
            var path = _folder.At($"{answer}.jsonl");
            System.IO.File.WriteAllText(path, $$"""{ "clean": "yes no", "corrupted": "no no", "answer": "{{answer}}", "foil": "no" }""");
            return path;
        }

        new TaskRequest { Task = File("yes"), Whole = true }.Load(model).Test.Single().Answers.ShouldBe([0]);
        Should.Throw<NodalException>(() => new TaskRequest { Task = File("maybe"), Whole = true }.Load(model)).Message.ShouldContain("the model has no output for an answer or foil of maybe.jsonl: found token 3; expected one of its 3 outputs");
    }

    [Fact]
    public void A_model_of_few_words_is_verified_with_its_own() =>
        Verified(Load(words: """["yes", "no", "start", "compiler_pad"]""", context: 4, outputs: 3)).ShouldBe("'yes no'");

    private string Verified(LoadedModel model)
    {
        model.Dispose();
        return ModelVerification.Execute(_folder.Path).Prompt;
    }

    private LoadedModel Load(string words, int context, int outputs)
    {
        var config = TinyModels.Config("compiled") with { VocabularySize = 4, ContextLength = context, OutputSize = outputs };
        using var weights = TinyModels.Weights(config, ScalarType.Float32, seed: 3);
        WrittenTransformerLens.Write(_folder, config, weights, $$"""{ "d_vocab": 4, "d_vocab_out": {{outputs}}, "n_ctx": {{context}}, "vocab": {{words}} }""");
        return ModelLoader.Load(_folder.Path);
    }
}
