using System.Text.Json.Nodes;

namespace Nodal.EndToEnd;

public sealed class EvaluateTests(ShortRun run)
{
    [Fact]
    public void On_the_pairs_of_the_run_it_gives_the_numbers_of_the_run()
    {
        var fresh = NodalTool.Run("evaluate", run.Folder, "--json").Successful().Json["result"]!;
        var before = JsonNode.Parse(File.ReadAllText(run["evaluation.json"]))!["chosen"]!;

        fresh["kl"]!.GetValue<double>().ShouldBe(before["kl"]!.GetValue<double>(), 1e-6);
        fresh["parameters"]!.GetValue<long>().ShouldBe(before["parameters"]!.GetValue<long>());
    }

    [Fact]
    public void Of_a_pairs_file_every_pair_is_used()
    {
        using var folder = new TemporaryFolder();
        var pairs = folder.Write("pairs.jsonl", [.. File.ReadLines(Repository.Asset("gp_pairs.jsonl")).TakeLast(50)]);

        var json = NodalTool.Run("evaluate", run["circuit.json"], "--task", pairs, "--json").Successful().Json;

        json["pairs"]!.GetValue<int>().ShouldBe(50);
        json["task"]!.GetValue<string>().ShouldBe(pairs);
        json["circuit"]!.GetValue<string>().ShouldBe(run["circuit.json"]);
        json["result"]!["fullAccuracy"]!.GetValue<double>().ShouldBeGreaterThan(0.5);
    }

    [Fact]
    public void Prose_shows_circuit_and_full_model_side_by_side()
    {
        var output = NodalTool.Run("evaluate", run.Folder, "--ablation", "zero", "--seed", "9").Successful().Output;

        output.ShouldMatch(@"KL\(full ‖ circuit\), nats +\d+\.\d+ \[");
        output.ShouldMatch(@"logit difference +-?\d+\.\d+ \[.*\]; full model \d+\.\d+");
    }
}
