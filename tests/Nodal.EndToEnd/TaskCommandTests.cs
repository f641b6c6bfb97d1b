using System.Text.Json.Nodes;

namespace Nodal.EndToEnd;

public sealed class TaskCommandTests
{
    [Fact]
    public void The_list_names_every_task_with_its_paper()
    {
        var tasks = NodalTool.Run("task", "list", "--json").Successful().Json["tasks"]!.AsArray();

        tasks.Select(task => task!["name"]!.GetValue<string>()).ShouldBe(["ioi", "gp", "gt", "docstring"]);
        tasks.ShouldAllBe(task => task!["description"]!.GetValue<string>().Length > 20 && task["paper"]!.GetValue<string>().Length > 20);
        NodalTool.Run("task", "list").Successful().Output.ShouldSatisfyAllConditions(text => text.ShouldContain("docstring"), text => text.ShouldContain("every-input"));
    }

    [Fact]
    public void Made_pairs_are_as_many_as_asked_for_and_can_be_checked()
    {
        using var folder = new TemporaryFolder();
        var file = folder["gp.jsonl"];

        var json = NodalTool.Run("task", "make", "gp", "--pairs", "40", "--seed", "2", "--out", file, "--json").Successful().Json;
        var check = NodalTool.Run("task", "check", file, "--json").Successful().Json;

        json["pairs"]!.GetValue<int>().ShouldBe(40);
        File.ReadLines(file).Distinct().Count().ShouldBe(40);
        check["accuracy"]!.GetValue<double>().ShouldBeGreaterThan(0.6);
        check["corruptionKl"]!.GetValue<double>().ShouldBePositive();
        check["model"]!.GetValue<string>().ShouldBe("stories260K");
    }

    [Fact]
    public void The_same_seed_makes_the_same_pairs_and_another_seed_others()
    {
        using var folder = new TemporaryFolder();
        string Make(string name, string seed)
        {
            NodalTool.Run("task", "make", "gp", "--pairs", "25", "--seed", seed, "--out", folder[name], "--quiet").Successful();
            return File.ReadAllText(folder[name]);
        }

        var one = Make("one.jsonl", "1");

        Make("same.jsonl", "1").ShouldBe(one);
        Make("other.jsonl", "2").ShouldNotBe(one);
    }

    [Fact]
    public void Pairs_of_every_input_are_no_file()
    {
        using var folder = new TemporaryFolder();

        NodalTool.Run("task", "make", "every-input", "--model", "tracr-reverse", "--pairs", "6", "--out", folder["all.jsonl"])
            .ShouldFail(2, "a pairs file cannot hold every input of a model", "found task 'every-input'; expected ioi, gp, gt, docstring");
        File.Exists(folder["all.jsonl"]).ShouldBeFalse();
        NodalTool.Run("task", "check", "every-input", "--model", "tracr-reverse", "--pairs", "0").ShouldFail(2, "found 0; expected 1 or more");
    }

    [Fact]
    public void A_check_warns_when_the_model_cannot_do_the_task()
    {
        using var folder = new TemporaryFolder();
        var pairs = folder.Write("turned.jsonl", [.. File.ReadLines(Repository.Asset("gp_pairs.jsonl")).Take(40).Select(WithAnswerAndFoilExchanged)]);

        NodalTool.Run("task", "check", pairs).Successful().Output.ShouldContain("warning: the full model hardly does the task");
    }

    private static string WithAnswerAndFoilExchanged(string line)
    {
        var pair = JsonNode.Parse(line)!;
        (pair["answer"], pair["foil"]) = (pair["foil"]!.GetValue<string>(), pair["answer"]!.GetValue<string>());
        return pair.ToJsonString();
    }
}
