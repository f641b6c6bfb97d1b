using System.Text.Json.Nodes;

namespace Nodal.EndToEnd;

public sealed class DiscoverTests(ShortRun run)
{
    private static readonly string[] Granularities = ["AttentionBlock", "Head", "AttentionNeuron", "MlpBlock", "MlpHidden", "MlpOutput"];

    [Fact]
    public void The_run_folder_holds_every_file_and_no_temporary_one() =>
        Directory.EnumerateFileSystemEntries(run.Folder).Select(Path.GetFileName).Where(name => !name!.StartsWith("circuit-", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .ShouldBe(["DONE", "circuit.json", "config.json", "environment.json", "evaluation.json", "metrics.jsonl", "ranking.safetensors"]);

    [Fact]
    public void The_metrics_have_one_line_for_every_step()
    {
        var steps = File.ReadLines(run["metrics.jsonl"]).Select(line => JsonNode.Parse(line)!).ToList();

        steps.Select(step => step["step"]!.GetValue<int>()).ShouldBe(Enumerable.Range(1, 20));
        steps.ShouldAllBe(step => step["kl"]!.GetValue<double>() >= 0 && step["size"]!.GetValue<double>() > 0);
    }

    [Fact]
    public void The_configuration_has_every_default_filled_in()
    {
        var options = JsonNode.Parse(File.ReadAllText(run["config.json"]))!["options"]!;

        options["model"]!.GetValue<string>().ShouldBe("stories260K");
        options["task"]!["task"]!.GetValue<string>().ShouldBe("gp");
        options["ranking"]!["steps"]!.GetValue<int>().ShouldBe(20);
        options["ranking"]!["minimumSize"]!.GetValue<double>().ShouldBe(0.03);
        options["ablation"]!.GetValue<string>().ShouldBe("Counterfactual");
        options["memory"]!.GetValue<long>().ShouldBePositive();
    }

    [Fact]
    public void The_summary_shows_sizes_circuit_and_where_it_all_is()
    {
        var output = run.Output.Output;

        foreach (var part in new[] { "model stories260K", "full model: accuracy", "95 %", "difference", "exact", "chosen", "all closed", "run folder " + run.Folder, "nodal show", "nodal cut" })
        {
            output.ShouldContain(part);
        }

        output.ShouldMatch(@"(?m)^\s*a\d: h\d \(\d/8\)");
        output.ShouldMatch(@"m\d: \d+ hidden, \d+ outputs?\b");
        output.Split('\n').ShouldAllBe(line => line == line.TrimEnd());
    }

    [Fact]
    public void Progress_goes_to_stderr_as_plain_lines()
    {
        run.Output.Error.ShouldMatch(@"(?m)^step 20/20   KL \d+\.\d+   sampled size \d\.\d+   0:00 left");
        run.Output.Error.ShouldNotContain('\x1b');
        run.Output.Output.ShouldNotContain('\x1b');
        run.Output.Output.ShouldNotContain("step 20/20");
    }

    [Fact]
    public void The_json_document_has_the_documented_fields()
    {
        using var folder = new TemporaryFolder();
        var document = NodalTool.RunIn(folder.Path, "discover", "--steps", "3", "--pairs", "20", "--sizes", "0.1,0.5", "--json", "--quiet").Successful();
        var json = document.Json;

        document.Error.ShouldBe("");
        foreach (var field in new[] { "run", "model", "task", "method", "seed", "steps", "seconds", "peakMemoryBytes", "chosen", "sizes", "circuit" })
        {
            json[field].ShouldNotBeNull(field);
        }

        json["sizes"]!.AsArray().Count.ShouldBe(2);
        foreach (var row in json["sizes"]!.AsArray().Append(json["chosen"]))
        {
            foreach (var field in new[] { "size", "kl", "logitDifference", "fullLogitDifference", "accuracy", "fullAccuracy", "exactMatch", "parameters" })
            {
                row![field]!.GetValue<double>().ShouldBeInRange(-1000, 1e9, field);
            }

            row!["nodes"]!.AsObject().Select(count => count.Key).ShouldBe(Granularities);
        }

        Path.GetRelativePath(folder.Path, json["run"]!.GetValue<string>()).ShouldMatch(@"^runs.stories260K-gp-\d{8}-\d{6}$");
    }

    [Fact]
    public void The_published_method_makes_a_run_and_is_counted_as_published()
    {
        using var folder = new TemporaryFolder();
        string[] options =
        [
            "--method", "paper", "--epochs", "2", "--batch", "100", "--rate", "0.2", "--lambda", "0.9", "--margin", "1", "--warmup", "2", "--depth-scaling", "0.5", "--sum-penalty", "--sizes", "0.5",
        ];
        var output = NodalTool.RunIn(folder.Path, ["discover", .. options, "--seed", "7", "--out", folder["run"]]).Successful();
        var paper = JsonNode.Parse(File.ReadAllText(Path.Combine(folder["run"], "config.json")))!["options"]!["paper"]!;
        var result = JsonNode.Parse(File.ReadAllText(Path.Combine(folder["run"], "evaluation.json")))!;

        output.Error.ShouldMatch(@"(?m)^step 4/4   KL \d+\.\d+   expected size \d\.\d+   penalty \d+\.\d+   0:00 left");
        output.Output.ShouldMatch(@"(?m)^Counted as published: size \d\.\d+ \([\d,]+ of [\d,]+ parameters by GPT-2's formula\), attention blocks \d, ");
        (result["method"]!.GetValue<string>(), result["chosenBy"]!.GetValue<string>(), result["steps"]!.GetValue<int>()).ShouldBe(("paper", "scores above 0", 4));
        result["chosen"]!["published"]!["nodes"]!.AsObject().Select(count => count.Key).ShouldBe(Granularities);
        foreach (var (name, value) in new[] { ("epochs", 2), ("steps", 4), ("batchSize", 100), ("learningRate", 0.2), ("lambda", 0.9), ("margin", 1), ("warmupSteps", 2), ("depthScaling", 0.5), ("seed", 7) })
        {
            paper[name]!.GetValue<double>().ShouldBe(value, name);
        }

        paper["summed"]!.GetValue<bool>().ShouldBeTrue();
        NodalTool.RunIn(folder.Path, "evaluate", folder["run"]).Successful().Output.ShouldContain("size as published");
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_another_seed_does_not()
    {
        using var folder = new TemporaryFolder();
        void Discover(string name, string seed) => NodalTool.RunIn(
            folder.Path, "discover", "--steps", "8", "--pairs", "40", "--seed", seed, "--out", folder[name], "--quiet").Successful();
        byte[] Bytes(string run, string file) => File.ReadAllBytes(Path.Combine(folder[run], file));

        Discover("one", "5");
        Discover("two", "5");
        Discover("other", "6");

        RunBits.ShouldBeSame(folder["two"], folder["one"]);
        Bytes("other", "ranking.safetensors").ShouldNotBe(Bytes("one", "ranking.safetensors"));
    }

    [Theory]
    [InlineData("mean", "--minimum-size", "0.05", "--mean-positions", "all")]
    [InlineData("zero", "--minimum-size", "0.05", "--margin", "1")]
    [InlineData("learned", "--minimum-size", "0.05", "--mean-positions", "all", "--constant-rate", "0.05")]
    [InlineData("mean", "--method", "paper", "--mean-positions", "all")]
    [InlineData("zero", "--method", "paper", "--penalty-weights", "Head=0.5,mlp-block=1", "--weight-decay", "0")]
    [InlineData("learned", "--method", "paper", "--stretch-low", "-0.2", "--gate-temperature", "0.5")]
    public void Every_ablation_makes_a_run(string ablation, params string[] settings)
    {
        using var folder = new TemporaryFolder();
        var json = NodalTool.RunIn(
            folder.Path,
            [
                "discover", "--steps", "3", "--pairs", "20", "--ablation", ablation, .. settings, "--budget", "0.5", "--threads", "1", "--memory", "1GiB", "--rate", "0.2",
                "--out", "run", "--json",
            ]).Successful().Json;

        json["chosenBy"]!.GetValue<string>().ShouldBe("budget 0.5 nats");
        JsonNode.Parse(File.ReadAllText(Path.Combine(folder["run"], "circuit.json")))!["provenance"]!["ablation"]!.GetValue<string>().ShouldBe(ablation, StringCompareShould.IgnoreCase);
    }

    [Fact]
    public void Granularities_that_are_off_are_kept_with_their_ancestors_and_optional_ones_are_counted()
    {
        using var folder = new TemporaryFolder();
        var json = NodalTool.RunIn(
            folder.Path, "discover", "--steps", "3", "--pairs", "20", "--granularities", "head,MlpBlock,Layer,embedding", "--keep", "0.4", "--sizes", "0.5", "--out", "run", "--json").Successful().Json;
        var again = NodalTool.RunIn(folder.Path, "evaluate", "run", "--json").Successful().Json["result"]!;
        var cut = NodalTool.RunIn(folder.Path, "cut", "run", "--keep", "0.2", "--json").Successful().Json["chosen"]!;

        again["kl"]!.GetValue<double>().ShouldBe(json["chosen"]!["kl"]!.GetValue<double>());
        foreach (var row in new[] { json["chosen"]!, cut })
        {
            var nodes = row["nodes"]!.AsObject();
            nodes.Select(count => count.Key).ShouldBe([.. Granularities, "Layer", "Embedding"]);
            nodes["AttentionNeuron"]!.GetValue<int>().ShouldBe(8 * nodes["Head"]!.GetValue<int>());
            nodes["MlpHidden"]!.GetValue<int>().ShouldBe(172 * nodes["MlpBlock"]!.GetValue<int>());
        }
    }

    [Fact]
    public void Runs_started_at_the_same_moment_get_folders_of_their_own()
    {
        using var folder = new TemporaryFolder();
        var outputs = new ToolOutput[3];

        Parallel.For(0, outputs.Length, i => outputs[i] = NodalTool.RunIn(folder.Path, "discover", "--steps", "1", "--pairs", "8", "--sizes", "0.5", "--keep", "0.2", "--threads", "1", "--json"));

        outputs.Select(output => output.Successful().Json["run"]!.GetValue<string>()).Distinct().Count().ShouldBe(3);
        foreach (var run in Directory.EnumerateDirectories(folder["runs"]))
        {
            RunBits.ShouldBeSame(run, outputs[0].Json["run"]!.GetValue<string>());
        }
    }
}
