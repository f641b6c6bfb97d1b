using Nodal.Runtime;
using Nodal.Tasks;

namespace Nodal.Tests.Tasks;

public sealed class PromptTaskTests
{
    public static TheoryData<string> Names => [.. PromptTasks.All.Select(task => task.Name)];

    [Fact]
    public void The_tasks_are_the_four_of_the_papers()
    {
        PromptTasks.All.Select(task => task.Name).ShouldBe(["ioi", "gp", "gt", "docstring"]);
        PromptTasks.All.ShouldAllBe(task => task.Description.Length > 0 && task.Paper.Length > 0 && !task.Description.Contains('\n'));
        PromptTasks.Find("IOI").ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Gives_as_many_pairs_as_asked_for_all_aligned(string name)
    {
        var data = Make(name, new TaskOptions { TrainPairs = 60, SelectionPairs = 20, TestPairs = 30 });
        (data.Name, data.Train.Length, data.Selection.Length, data.Test.Length).ShouldBe((name, 60, 20, 30));
        data.ShouldBeAligned();
        data.All().Select(pair => pair.Pair.Clean).ShouldBeUnique();
        data.DifferingLastToken.ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Selection_and_test_get_as_many_as_train_and_200_is_the_default(string name)
    {
        var three = Make(name, new TaskOptions { TrainPairs = 3 });
        (three.Train.Length, three.Selection.Length, three.Test.Length).ShouldBe((3, 3, 3));
        Make(name, new TaskOptions()).Test.Length.ShouldBe(200);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Splits_share_no_prompt_clean_or_corrupted(string name)
    {
        for (var seed = 0; seed < 5; seed++)
        {
            Make(name, new TaskOptions { Seed = seed }).ShouldShareNoPrompt();
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_seed_decides_the_pairs(string name)
    {
        string[] Lines(int seed) => [.. Make(name, new TaskOptions { TrainPairs = 40, Seed = seed }).All().Select(pair => pair.Pair.Line())];
        Lines(7).ShouldBe(Lines(7));
        Lines(7).ShouldNotBe(Lines(8));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_short_context_is_an_error_that_says_why(string name)
    {
        var fault = Should.Throw<NodalException>(() => Make(name, new TaskOptions { TrainPairs = 3, ContextLength = 2 }));
        fault.Message.ShouldContain($"task '{name}' cannot give as many pairs");
        fault.Message.ShouldContain("found 0 pairs");
        fault.Message.ShouldContain("longer than the model's context");
        fault.Message.ShouldContain("expected 9 pairs, 3 for train, 3 for selection, 3 for test");
    }

    [Fact]
    public void Too_many_pairs_is_an_error_that_says_how_many_fit()
    {
        var fault = Should.Throw<NodalException>(() => Make("gp", new TaskOptions { TrainPairs = 50_000 }));
        fault.Kind.ShouldBe(FaultKind.Input);
        // 30 templates and 2 x (1000 - 72) names, each a prompt of its own.
        fault.Message.ShouldContain("found 55680 pairs");
    }

    [Fact]
    public void A_made_task_takes_no_pairs_file()
    {
        var fault = Should.Throw<NodalException>(() => Make("ioi", new TaskOptions { TestFile = "pairs.jsonl" }));
        (fault.Kind, fault.Message.Contains("pairs.jsonl", StringComparison.Ordinal)).ShouldBe((FaultKind.Usage, true));
    }

    [Fact]
    public void Options_report_all_faults_at_once()
    {
        var fault = Should.Throw<NodalException>(() => new TaskOptions { TrainPairs = 0, TestPairs = -1, ContextLength = 0 }.Validate());
        fault.Kind.ShouldBe(FaultKind.Usage);
        fault.Message.ShouldContain("training pairs 0, test pairs -1, context length 0");
    }

    private static TaskData Make(string name, TaskOptions options) => PromptTasks.Find(name)!.Make(new WordTokenizer(), options);
}
