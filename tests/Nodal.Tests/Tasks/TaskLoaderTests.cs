using Nodal.Runtime;
using Nodal.Tasks;

namespace Nodal.Tests.Tasks;

public sealed class TaskLoaderTests
{
    [Fact]
    public void A_name_is_a_made_task()
    {
        var data = TaskLoader.Load("ioi", new WordTokenizer(), new TaskOptions { TrainPairs = 4 });
        (data.Name, data.Train.Length).ShouldBe(("ioi", 4));
    }

    [Fact]
    public void The_embedded_pairs_are_split_60_20_20_and_none_is_dropped_where_names_are_one_token()
    {
        var data = TaskLoader.Load(TestData.InRepository("assets", "stories260K", "gp_pairs.jsonl"), new WordTokenizer(), new TaskOptions());
        data.Name.ShouldBe("gp_pairs.jsonl");
        (data.Train.Length + data.Selection.Length + data.Test.Length).ShouldBe(1500);
        data.Train.Length.ShouldBeInRange(850, 950);
        data.Test.Length.ShouldBeInRange(250, 350);
        data.Dropped.ShouldBeEmpty();
        data.ShouldShareNoPrompt();
        data.ShouldBeAligned();
    }

    [Fact]
    public void Counts_limit_what_is_taken_of_a_file()
    {
        using var folder = new TemporaryFolder();
        var data = TaskLoader.Load(folder.File("p.jsonl", Lines(50)), new WordTokenizer(), new TaskOptions { TrainPairs = 7, TestPairs = 1000 });
        (data.Train.Length, data.Selection.Length, data.Test.Length).ShouldBe((7, 10, 10));
    }

    [Fact]
    public void A_file_of_ten_pairs_is_split_6_2_2()
    {
        using var folder = new TemporaryFolder();
        var data = TaskLoader.Load(folder.File("p.jsonl", Lines(10)), new WordTokenizer(), new TaskOptions());
        (data.Name, data.Train.Length, data.Selection.Length, data.Test.Length).ShouldBe(("p.jsonl", 6, 2, 2));
    }

    [Fact]
    public void What_does_not_fit_is_dropped_and_counted_and_differing_last_tokens_are_kept_and_counted()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("p.jsonl", Lines(10) + Line("long prompt here", "short") + Line("ends in x", "ends in y") + Line("ok a", "ok b", answer: " two words"));
        var data = TaskLoader.Load(path, new WordTokenizer(), new TaskOptions());
        data.All().Count().ShouldBe(11);
        data.DifferingLastToken.ShouldBe(1);
        data.Dropped.Select(dropped => (dropped.Reason, dropped.Count)).ShouldBe(
            [("clean and corrupted differ in token count", 1), ("an answer is not a single token", 1)]);
        data.Dropped[0].Examples.Single().ShouldBe("line 11, 'long prompt here': 3 and 1 tokens");
    }

    [Fact]
    public void Files_for_selection_and_test_are_used_whole_and_what_train_shares_with_them_is_dropped_and_counted()
    {
        using var folder = new TemporaryFolder();
        var main = folder.File("main.jsonl", Lines(10));
        var selection = folder.File("selection.jsonl", Lines(4, from: 8));
        var test = folder.File("test.jsonl", Lines(3, from: 11));
        var data = TaskLoader.Load(main, new WordTokenizer(), new TaskOptions { SelectionFile = selection, TestFile = test });
        (data.Train.Length, data.Selection.Length, data.Test.Length).ShouldBe((8, 3, 3));
        data.Dropped.Select(dropped => (dropped.Reason, dropped.Count)).ShouldBe(
            [("prompt of a selection pair is also held out", 1), ("prompt of a training pair is also held out", 2)]);
        data.ShouldShareNoPrompt();
    }

    [Fact]
    public void With_a_test_file_alone_the_rest_is_split_in_train_and_selection()
    {
        using var folder = new TemporaryFolder();
        var test = folder.File("test.jsonl", Lines(5, from: 8));
        var data = TaskLoader.Load(folder.File("main.jsonl", Lines(16)), new WordTokenizer(), new TaskOptions { TestFile = test });
        (data.Train.Length, data.Selection.Length, data.Test.Length).ShouldBe((9, 2, 5));
        data.ShouldShareNoPrompt();
    }

    [Fact]
    public void Nothing_left_beside_the_held_out_pairs_is_an_error()
    {
        using var folder = new TemporaryFolder();
        var main = folder.File("main.jsonl", Lines(5));
        var fault = Should.Throw<NodalException>(() => TaskLoader.Load(main, new WordTokenizer(), new TaskOptions { TestFile = main }));
        fault.Message.ShouldContain("no pair of main.jsonl is left");
    }

    [Fact]
    public void All_pairs_dropped_is_an_error_that_names_the_reasons()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("p.jsonl", Line("a b c", "a") + Line("a b", "a c", answer: " two words"));
        var fault = Should.Throw<NodalException>(() => TaskLoader.Load(path, new WordTokenizer(), new TaskOptions()));
        fault.Message.ShouldContain("no pair of p.jsonl fits the tokenizer");
        fault.Message.ShouldContain("1 times clean and corrupted differ in token count (line 1, 'a b c': 3 and 1 tokens)");
        fault.Message.ShouldContain("1 times an answer is not a single token (line 2, 'a b': answer ' two words' is 2 tokens)");
    }

    [Fact]
    public void Too_few_pairs_for_three_splits_is_an_error()
    {
        using var folder = new TemporaryFolder();
        var fault = Should.Throw<NodalException>(() => TaskLoader.Load(folder.File("p.jsonl", Lines(2)), new WordTokenizer(), new TaskOptions()));
        fault.Message.ShouldContain("found 2 pairs in 2 groups");
    }

    [Fact]
    public void An_unknown_task_is_a_usage_fault_that_lists_the_tasks_and_a_missing_file_is_not()
    {
        var unknown = Should.Throw<NodalException>(() => TaskLoader.Load("iio", new WordTokenizer(), new TaskOptions()));
        unknown.Kind.ShouldBe(FaultKind.Usage);
        unknown.Message.ShouldContain("expected ioi, gp, gt, docstring, or the path of a pairs file");
        var missing = Should.Throw<NodalException>(() => TaskLoader.Load("none.jsonl", new WordTokenizer(), new TaskOptions()));
        (missing.Kind, missing.Message.Contains("none.jsonl", StringComparison.Ordinal)).ShouldBe((FaultKind.Input, true));
    }

    private static string Lines(int count, int from = 0) =>
        string.Concat(Enumerable.Range(from, count).Select(number => Line($"in {number} a", $"on {number} a")));

    private static string Line(string clean, string corrupted, string answer = " yes") =>
        $$"""{"clean": "{{clean}}", "corrupted": "{{corrupted}}", "answer": "{{answer}}", "foil": " no"}""" + "\n";
}
