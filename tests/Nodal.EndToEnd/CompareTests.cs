namespace Nodal.EndToEnd;

public sealed class CompareTests(ShortRun run)
{
    [Fact]
    public void Two_runs_agree_as_far_as_tables_and_json_say()
    {
        using var folder = new TemporaryFolder();
        NodalTool.Run("discover", "--steps", "4", "--pairs", "60", "--batch", "16", "--seed", "8", "--task-seed", "3", "--keep", "0.2", "--out", folder["other"], "--quiet").Successful();

        var output = NodalTool.Run("compare", run.Folder, folder["other"]).Successful().Output;
        output.ShouldContain("the same model, task and method, seeds 3 and 8.");
        output.ShouldMatch(@"(?m)^\s*heads +\d+ +\d+ +\d+ +40 +\d\.\d{3} +\d\.\d{3} +-?\d\.\d{3}");
        output.ShouldMatch(@"(?m)^\s*correlation( +(-?\d\.\d{3}|–)){6}");
        output.ShouldMatch(@"(?m)^\s*0\.100( +\d\.\d{3} \((-?\d\.\d{3}|–)\)){6}");
        output.ShouldMatch(@"(?m)^\s*B( +\d\.\d{3}){10}");

        var json = NodalTool.Run("compare", run.Folder, folder["other"], "--json").Successful().Json;
        json["kind"]!.GetValue<string>().ShouldBe("Seed");
        json["overlap"]!["MlpHidden"]!["jaccard"]!.GetValue<double>().ShouldBeInRange(0, 1);
        json["rankings"]!["spearman"]!.GetValue<double>().ShouldBeInRange(-1, 1);
        json["rankings"]!["sizes"]!.AsArray().Count.ShouldBe(11);
        json["one"]!["depth"]!["parameters"]!.AsArray().Count.ShouldBe(10);
    }

    [Fact]
    public void What_two_circuits_share_and_do_not_share_can_be_evaluated()
    {
        using var folder = new TemporaryFolder();
        NodalTool.Run("cut", run.Folder, "--keep", "0.1", "--out", folder["small.json"], "--quiet").Successful();

        var output = NodalTool.Run(
            "compare", run.Folder, folder["small.json"], "--intersection", folder["shared.json"], "--union", folder["either.json"], "--difference", folder["alone.json"]).Successful().Output;
        output.ShouldContain($"circuit {folder["alone.json"]}");

        double Size(string circuit) => NodalTool.Run("evaluate", circuit, "--pairs", "60", "--json").Successful().Json["result"]!["size"]!.GetValue<double>();
        Size(folder["shared.json"]).ShouldBe(Size(folder["small.json"]), "a smaller circuit of a ranking is in the larger one");
        Size(folder["either.json"]).ShouldBe(Size(run.Folder));
        Size(folder["alone.json"]).ShouldBeInRange(0.01, Size(run.Folder));
    }

    [Fact]
    public void What_cannot_be_compared_is_refused()
    {
        NodalTool.Run("compare", run.Folder).ShouldFail(2, "too little to compare: found one circuit");
        NodalTool.Run("compare", run.Folder, run["no-such.json"]).ShouldFail(1, "no-such.json");
        NodalTool.Run("compare", run.Folder, run["config.json"]).ShouldFail(1, "is no circuit");
    }
}
