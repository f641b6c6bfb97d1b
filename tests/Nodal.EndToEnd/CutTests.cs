using System.Text.Json.Nodes;

namespace Nodal.EndToEnd;

public sealed class CutTests(ShortRun run)
{
    [Fact]
    public void A_cut_gives_a_circuit_of_the_size_asked_for_beside_the_first()
    {
        var before = File.ReadAllText(run["circuit.json"]);

        var json = NodalTool.Run("cut", run.Folder, "--keep", "0.1", "--json").Successful().Json;

        json["chosen"]!["size"]!.GetValue<double>().ShouldBeInRange(0.02, 0.1);
        json["sizes"]!.AsArray().Count.ShouldBe(11);
        json["circuit"]!.GetValue<string>().ShouldBe(run["circuit-keep-0.1.json"]);
        File.Exists(run["circuit-keep-0.1.json"]).ShouldBeTrue();
        File.ReadAllText(run["circuit.json"]).ShouldBe(before);
    }

    [Fact]
    public void A_budget_gives_the_smallest_circuit_found_within_it()
    {
        using var folder = new TemporaryFolder();
        var output = NodalTool.Run("cut", run.Folder, "--budget", "0.3", "--out", folder["tight.json"]).Successful();

        output.Output.ShouldContain("The chosen circuit (budget 0.3 nats)");
        File.Exists(folder["tight.json"]).ShouldBeTrue();
    }

    [Theory]
    [InlineData("--refine", "30")]
    [InlineData("--refine")]
    [InlineData("--refine", "30", "--refine-batch", "4")]
    public void A_refined_cut_shows_what_it_was_before_and_after(params string[] refine)
    {
        using var folder = new TemporaryFolder();
        var json = NodalTool.Run(["cut", run.Folder, "--keep", "0.2", "--out", folder["refined.json"], "--json", .. refine]).Successful().Json;

        var refinement = json["refinement"]!;
        refinement["runs"]!.GetValue<int>().ShouldBeInRange(1, refine.Length > 1 ? 30 : 400);
        refinement["before"]!["kl"]!.GetValue<double>().ShouldBePositive();
        refinement["after"]!.ToJsonString().ShouldBe(json["chosen"]!.ToJsonString());
        json["chosen"]!["size"]!.GetValue<double>().ShouldBeLessThanOrEqualTo(0.2);
    }

    [Fact]
    public void Nothing_but_a_circuit_that_is_not_the_runs_own_is_written_over()
    {
        using var folder = new TemporaryFolder();
        string Ranking() => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(Path.Combine(run.Folder, "ranking.safetensors"))));
        var before = Ranking();

        NodalTool.Run("cut", run.Folder, "--keep", "0.3", "--out", Path.Combine(run.Folder, "ranking.safetensors")).ShouldFail(2, "ranking.safetensors would be lost: found a file that is no circuit; expected");
        NodalTool.Run("cut", run.Folder, "--keep", "0.3", "--out", Path.Combine(run.Folder, "circuit.json")).ShouldFail(2, "circuit.json would be lost: found the circuit of a run; expected");
        NodalTool.Run("compare", run.Folder, run.Folder, "--union", Path.Combine(run.Folder, "circuit.json")).ShouldFail(2, "found the circuit of a run");
        NodalTool.Run("cut", run.Folder, "--keep", "0.3", "--out", folder["again.json"]).Successful();
        NodalTool.Run("cut", run.Folder, "--keep", "0.2", "--out", folder["again.json"]).Successful();

        Ranking().ShouldBe(before);
    }

    [Fact]
    public void A_number_of_runs_that_cannot_be_is_refused()
    {
        NodalTool.Run("cut", run.Folder, "--refine", "many").ShouldFail(2, "--refine cannot be read: found 'many'; expected a whole number, such as 400");
        NodalTool.Run("cut", run.Folder, "--refine", "-1").ShouldFail(2, "the refinement's options cannot work: found runs -1");
        NodalTool.Run("cut", run.Folder, "--refine", "--refine-batch", "0").ShouldFail(2, "the refinement's options cannot work: found batch size 0");
        NodalTool.Run("cut", run.Folder, "--refine-batch", "8").ShouldFail(2, "--refine-batch belongs to --refine: found no --refine. Leave it out, or give --refine.");
    }

    [Fact]
    public void A_smaller_cut_is_part_of_a_larger_one()
    {
        using var folder = new TemporaryFolder();
        HashSet<string> Nodes(string keep)
        {
            var path = folder[$"{keep}.json"];
            NodalTool.Run("cut", run.Folder, "--keep", keep, "--out", path, "--quiet").Successful();
            return [.. JsonNode.Parse(File.ReadAllText(path))!["nodes"]!.AsArray().Select(node => node!.GetValue<string>())];
        }

        var small = Nodes("0.15");

        small.ShouldNotBeEmpty();
        small.IsProperSubsetOf(Nodes("0.4")).ShouldBeTrue();
    }

    [Fact]
    public void The_cut_of_the_runs_own_size_is_the_runs_circuit()
    {
        using var folder = new TemporaryFolder();
        NodalTool.Run("cut", run.Folder, "--keep", "0.2", "--out", folder["same.json"], "--quiet").Successful();

        File.ReadAllText(folder["same.json"]).ShouldBe(File.ReadAllText(run["circuit.json"]));
    }
}
