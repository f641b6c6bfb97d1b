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

    [Fact]
    public void Evidence_is_printed_part_by_part_and_stands_in_the_document()
    {
        var output = NodalTool.Run("evaluate", run.Folder, "--evidence", "layers,curve,completeness,minimality").Successful();

        output.Output.ShouldMatch(@"over parameters, linear +CPR -?\d\.\d+ \[.*\] +CMD \d\.\d+ \[");
        output.Output.ShouldMatch(@"circuit's leaves closed, rest open +logit difference -?\d+\.\d+ \[");
        output.Output.ShouldMatch(@"share that could go, each alone +\d\.\d+ \[.*\], at a drop of 0\.010");
        output.Output.ShouldMatch(@"(?m)^ *early +0–0 +\d\.\d{3} +\d\.\d{3} +\d\.\d+ \[");
        output.Error.ShouldMatch(@"evidence, curve: run \d+/\d+");

        var evidence = NodalTool.Run("evaluate", run.Folder, "--evidence", "layers", "--json", "--quiet").Successful().Json["evidence"]!.AsObject();
        evidence.Select(part => part.Key).ShouldBe(["layers"]);
        evidence["layers"]!["forcedOpen"]![0]!["third"]!.GetValue<string>().ShouldBe("Early");
        evidence["layers"]!["layers"]!.AsArray().Count.ShouldBe(5);
        NodalTool.Run("evaluate", run.Folder, "--json", "--quiet").Successful().Json["evidence"].ShouldBeNull();
    }

    [Fact]
    public void Tests_controls_and_robustness_are_printed_and_what_comes_close_is_a_warning()
    {
        var output = NodalTool.Run(
            "evaluate", run.Folder, "--evidence", "hypotheses,controls,robustness", "--random-circuits", "12", "--control-steps", "4").Successful();

        output.Output.ShouldMatch(@"sufficiency +cannot be shown by so few random circuits: KL of the circuit \d\.\d+ \[.*\] is less than that of \d+ of 12 random ones");
        output.Output.ShouldMatch(@"independence +(stands|rejected).*; with every node closed HSIC \d\.\d{4}, p \d");
        output.Output.ShouldMatch(@"(?m)^ *shuffled answers +\d\.\d{3} +\d+\.\d+ +\[");
        output.Output.ShouldMatch(@"(?m)^ *3 sentences before the prompt +60 +\d+\.\d+ +\[");
        output.Error.ShouldContain("control on permuted weights");

        var evidence = NodalTool.Run("evaluate", run.Folder, "--evidence", "controls", "--random-circuits", "2", "--control-steps", "1", "--json", "--quiet").Successful().Json;
        evidence["evidence"]!["controls"]!["rows"]!.AsArray().Count.ShouldBe(4);
        var warnings = evidence["evidence"]!["controls"]!["warnings"]!.AsArray().Select(warning => warning!.GetValue<string>());
        warnings.ShouldBeSubsetOf(evidence["warnings"]!.AsArray().Select(warning => warning!.GetValue<string>()));
    }

    [Fact]
    public void Evidence_that_is_no_part_is_refused() =>
        NodalTool.Run("evaluate", run.Folder, "--evidence", "belief").ShouldSatisfyAllConditions(
            output => output.ExitCode.ShouldBe(2), output => output.Error.ShouldContain("--evidence cannot be read: found 'belief'; expected some of"));
}
