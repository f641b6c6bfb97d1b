using System.Text.Json.Nodes;

namespace Nodal.EndToEnd;

public sealed class StabilityTests
{
    [Fact]
    public void Several_seeds_give_overlaps_and_a_consensus_that_other_commands_take()
    {
        using var folder = new TemporaryFolder();
        string[] settings = ["--steps", "3", "--pairs", "20", "--keep", "0.4", "--sizes", "0.3,0.5", "--threads", "1"];

        var output = NodalTool.RunIn(folder.Path, ["discover", .. settings, "--seeds", "2", "--seed", "4", "--out", "all"]).Successful();

        output.Output.ShouldContain("2 runs on the same pairs, seeds 4, 5. Jaccard overlap of their circuits, mean (worst):");
        output.Output.ShouldMatch(@"(?m)^\s*chosen\s+\d\.\d{3} \(\d\.\d{3}\)");
        output.Output.ShouldMatch(@"(?m)^\s*0\.500(\s+\d\.\d{3}){4}$");
        output.Error.ShouldContain("run 2 of 2: seed 5");
        NodalTool.RunIn(folder.Path, ["discover", .. settings, "--seed", "5", "--task-seed", "4", "--out", "alone", "--quiet"]).Successful();
        File.ReadAllBytes(Path.Combine(folder["all"], "seed-5", "circuit.json")).ShouldBe(File.ReadAllBytes(Path.Combine(folder["alone"], "circuit.json")));
        var again = NodalTool.RunIn(folder.Path, "discover", "--resume", "all", "--json").Successful().Json;
        again["method"]!.GetValue<string>().ShouldBe("consensus");
        again["stability"]!["chosen"]!["Head"]!["mean"]!.GetValue<double>().ShouldBeInRange(0, 1);
        NodalTool.RunIn(folder.Path, "cut", "all", "--keep", "0.3", "--quiet").Successful();
        NodalTool.RunIn(folder.Path, "evaluate", "all", "--quiet").Successful();
        JsonNode.Parse(File.ReadAllText(Path.Combine(folder["all"], "stability.json")))!["runs"]!.AsArray().Count.ShouldBe(2);
    }
}
