using System.Text.Json;
using Nodal.Tasks;
using Nodal.Tokenization;

namespace Nodal.Tests.Tasks;

/// <summary>Every task and every foreign format with the tokenizers of real models.</summary>
public sealed class RealTokenizerTests
{
    private const string Gpt2 = "data/gpt2-tokenizer";
    private const string SmolLm2 = "golden/smollm2-135m/tokenizer";

    public static TheoryData<string, string> TasksAndTokenizers =>
        [.. from task in PromptTasks.All from folder in new[] { Gpt2, SmolLm2 } select new TheoryDataRow<string, string>(task.Name, folder)];

    public static TheoryData<string, string> WordTasksAndTokenizers => [.. TasksAndTokenizers.Where(row => row.Data.Item1 != "gt")];

    [Theory]
    [MemberData(nameof(TasksAndTokenizers))]
    public void Each_task_gives_the_pairs_asked_for_aligned_and_without_a_shared_prompt(string name, string folder)
    {
        var data = TaskLoader.Load(name, Tokenizer(folder), new TaskOptions { TrainPairs = 600, SelectionPairs = 200, TestPairs = 200 });
        (data.Train.Length, data.Selection.Length, data.Test.Length).ShouldBe((600, 200, 200));
        data.ShouldBeAligned();
        data.ShouldShareNoPrompt();
        data.DifferingLastToken.ShouldBe(0);
    }

    // Not greater-than: its answers are the paper's, all later two-digit numbers, also those that would merge with the century (GPT-2: 119|0).
    [Theory]
    [MemberData(nameof(WordTasksAndTokenizers))]
    public void Prompt_and_answer_together_are_the_tokens_of_both(string name, string folder)
    {
        var tokenizer = Tokenizer(folder);
        foreach (var pair in TaskLoader.Load(name, tokenizer, new TaskOptions { TrainPairs = 30 }).All())
        {
            int[] begin = tokenizer.BeginOfSequence is { } id ? [id] : [];
            var whole = tokenizer.Encode(pair.Pair.Clean + pair.Pair.Answers[0]);
            begin.Concat(whole).ShouldBe(pair.Clean.Append(pair.Answers[0]));
        }
    }

    [Fact]
    public void Greater_than_asks_GPT_2_for_two_digits_and_SmolLM2_for_one()
    {
        var gpt2 = TaskLoader.Load("gt", Tokenizer(Gpt2), new TaskOptions());
        gpt2.All().ShouldAllBe(pair => pair.Answers.Length + pair.Foils.Length == 100);
        gpt2.Dropped.Single().Reason.ShouldBe(YearTokens.NotSplit);
        var smolLm2 = TaskLoader.Load("gt", Tokenizer(SmolLm2), new TaskOptions());
        smolLm2.All().ShouldAllBe(pair => pair.Answers.Length + pair.Foils.Length == 9);
        smolLm2.Dropped.ShouldBeEmpty();
    }

    // The README of the shared model counts 1,974 rows of equal token length with the reference tokenizer; two of them say the same name twice.
    [Fact]
    public void Edge_Prunings_pronoun_rows_that_align_for_SmolLM2_are_those_the_reference_found()
    {
        var data = TaskLoader.Load(TestData.Shared("data", "edge-pruning-tasks", "gp_train_3k.jsonl"), Tokenizer(SmolLm2), new TaskOptions());
        data.All().Count().ShouldBe(1974 - 2);
        data.Dropped.Select(dropped => (dropped.Reason, dropped.Count)).ShouldBe(
            [("clean and corrupted differ in token count", 3024 - 1974), ("clean and corrupted are the same", 2)], ignoreOrder: true);
        data.ShouldShareNoPrompt();
    }

    [Theory]
    [InlineData("data/edge-pruning-tasks/ioi_train_400.jsonl", 400)]
    [InlineData("data/edge-pruning-tasks/gp_train.jsonl", 150)]
    [InlineData("data/edge-pruning-tasks/gt_validation.jsonl", 150)]
    [InlineData("data/edge-pruning-tasks/boolean_expressions_validation.jsonl", 767)]
    [InlineData("data/eap-ig-tasks/ioi_llama.csv", 499)]
    [InlineData("data/eap-ig-tasks/greater_than_data.csv", 1000)]
    public void Every_row_of_a_foreign_file_is_kept_or_counted_for_GPT_2(string file, int rows)
    {
        var data = TaskLoader.Load(TestData.Shared(file.Split('/')), Tokenizer(Gpt2), new TaskOptions());
        (data.All().Count() + data.Dropped.Sum(dropped => dropped.Count)).ShouldBe(rows);
        data.ShouldBeAligned();
        data.ShouldShareNoPrompt();
    }

    [Fact]
    public void The_embedded_pairs_are_the_reference_tokens()
    {
        var tokenizer = TokenizerFile.Load(TestData.InRepository("assets", "stories260K"));
        var data = TaskLoader.Load(TestData.InRepository("assets", "stories260K", "gp_pairs.jsonl"), tokenizer, new TaskOptions { ContextLength = 512 });
        var reference = File.ReadLines(TestData.Shared("data", "stories260K", "gp_pairs.jsonl")).Select(line => JsonSerializer.Deserialize<JsonElement>(line))
            .Select(row => string.Join(' ', Ids(row, "tokens"), Ids(row, "corr_tokens"), row.GetProperty("answer_id"), row.GetProperty("wrong_answer_id")));
        data.Dropped.ShouldBeEmpty();
        data.All().Select(pair => string.Join(' ', string.Join(',', pair.Clean), string.Join(',', pair.Corrupted), pair.Answers.Single(), pair.Foils.Single()))
            .ShouldBe(reference, ignoreOrder: true);
    }

    private static string Ids(JsonElement row, string field) => string.Join(',', row.GetProperty(field).EnumerateArray());

    private static ITokenizer Tokenizer(string folder) => TokenizerFile.Load(TestData.Shared(folder.Split('/')));
}
