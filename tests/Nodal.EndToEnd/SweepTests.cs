using System.Text.Json.Nodes;
using Nodal.Cli.CommandLine;
using Nodal.Cli.Output;
using Nodal.Discovery;
using Nodal.Runs;
using Nodal.Runtime;

namespace Nodal.EndToEnd;

public sealed class SweepTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Values_are_separated_by_commas_or_by_semicolons()
    {
        SweptValues.Parse("seed=0,1, 2").Values.ShouldBe(["0", "1", "2"]);
        SweptValues.Parse("granularities=Head,MlpBlock;Head").Values.ShouldBe(["Head,MlpBlock", "Head"]);
        SweptValues.Parse("granularities=Head,MlpBlock;").Values.ShouldBe(["Head,MlpBlock"]);
        SweptValues.Parse("task=a=b").ShouldSatisfyAllConditions(swept => swept.Key.ShouldBe("task"), swept => swept.Values.ShouldBe(["a=b"]));
    }

    [Fact]
    public void A_plan_is_the_product_with_the_last_key_fastest()
    {
        var plan = Plan("nodal sweep --steps 7 --sum-penalty --method paper --over lambda=0.8,0.9 --over seed=1,2");

        plan.Points.Select(point => point.Name).ShouldBe(["lambda-0.8_seed-1", "lambda-0.8_seed-2", "lambda-0.9_seed-1", "lambda-0.9_seed-2"]);
        plan.Points.Select(point => (point.Options.Paper.Lambda, point.Options.Seed, point.Options.Paper.Steps, point.Options.Paper.Summed)).ShouldBe([(0.8, 1, 7, true), (0.8, 2, 7, true), (0.9, 1, 7, true), (0.9, 2, 7, true)]);
        plan.Keys.ShouldBe(["lambda", "seed"]);
        plan.Settings.ShouldBe(["--method=paper", "--steps=7", "--sum-penalty"], ignoreOrder: true);
    }

    [Fact]
    public void Over_methods_an_option_goes_to_those_that_know_it()
    {
        var plan = Plan("nodal sweep --lambda 0.8 --steps 7 --over seed=1 --over method=random,paper");

        plan.Points.Select(point => (point.Options.Method, point.Options.Paper.Lambda)).ShouldBe([(DiscoveryMethod.Random, 0.95), (DiscoveryMethod.Paper, 0.8)]);
        plan.Settings.ShouldBe(["--lambda=0.8", "--steps=7"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("margin=none,4", "method: paper")]
    [InlineData("granularities=Head,MlpBlock;Head", "task: gp")]
    public void A_file_can_hold_the_sweep(string over, string other)
    {
        var (key, values) = (over.Split('=')[0], SweptValues.Parse(over).Values);
        var file = _folder.Write("sweep.yaml", other, "over:", $"  {key}: [{string.Join(", ", values.Select(value => $"'{value}'"))}]", "  seed: 3");

        var plan = Plan($"nodal sweep --config {file}");

        plan.Points.Select(point => point.Values[0]).ShouldBe(values);
        plan.Points.ShouldAllBe(point => point.Values[1] == "3");
    }

    [Theory]
    [InlineData("--over nothing=1", "--over names no option of a run: found 'nothing'; expected one of model,")]
    [InlineData("--over out=a", "--over names no option of a run: found 'out'")]
    [InlineData("--over seed", "--over names no values: found 'seed'")]
    [InlineData("--over seed=1,1", "--over gives seed a value twice: found '1'")]
    [InlineData("--seed 1 --over seed=1,2", "seed is given twice: found --over seed= and --seed=1")]
    [InlineData("--over seed=1 --over seed=2", "seed is given twice")]
    [InlineData("--over seed=1,x", "the run seed-x cannot be made: found --seed cannot be read: found 'x'")]
    [InlineData("--over keep=0.1,7", "found 7; expected a fraction")]
    [InlineData("--over lambda=0.1", "the run lambda-0.1 cannot be made: found --lambda belongs to --method paper")]
    [InlineData("--over method=paper,ranking --over lambda=0.1", "the run method-ranking_lambda-0.1 cannot be made: found --lambda belongs to --method paper")]
    [InlineData("--steps 3 --over method=random,magnitude", "the run method-random cannot be made: found --steps belongs to --method ranking or")]
    [InlineData("--refine-batch 8 --over seed=0,1", "the run seed-0 cannot be made: found --refine-batch belongs to --refine: found no --refine. Leave it out")]
    public void A_sweep_that_cannot_be_is_refused_before_its_first_run(string line, string expected) =>
        Should.Throw<NodalException>(() => Plan($"nodal sweep {line}")).ShouldSatisfyAllConditions(fault => fault.Message.ShouldContain(expected), fault => fault.Kind.ShouldBe(FaultKind.Usage));

    [Fact]
    public void Values_that_make_the_same_name_get_folders_of_their_own() =>
        Plan("nodal sweep --over task=a/gp,b/gp").Points.Select(point => point.Name).ShouldBe(["task-gp", "task-gp-2"]);

    [Fact]
    public void The_published_method_is_plotted_beside_the_ranking_on_the_same_pairs()
    {
        string[] words = ["sweep", "--method", "paper", "--steps", "2", "--task", "gp", "--sizes", "0.2,0.5", "--threads", "1", "--over", "lambda=0.5,0.9", "--json"];

        var json = NodalTool.RunIn(_folder.Path, [.. words, "--out", "beside/"]).Successful().Json;
        var alone = NodalTool.RunIn(_folder.Path, [.. words, "--out", "alone", "--reference", "none"]).Successful().Json;

        json["reference"]!["method"]!.GetValue<string>().ShouldBe("ranking");
        json["reference"]!["steps"]!.GetValue<int>().ShouldBe(400);
        json["reference"]!["pairs"]!.ToJsonString().ShouldBe(json["runs"]![0]!["result"]!["pairs"]!.ToJsonString());
        File.ReadAllText(Path.Combine(_folder["beside"], "sweep.svg")).ShouldContain("reference (ranking)");
        Directory.Exists(Path.Combine(_folder["beside"], "reference_lambda-0.5")).ShouldBeTrue();
        alone["reference"].ShouldBeNull();
        Directory.EnumerateDirectories(_folder["alone"]).Select(Path.GetFileName).ShouldNotContain(name => name!.StartsWith("reference", StringComparison.Ordinal));
    }

    [Fact]
    public void A_sweep_ends_with_a_table_a_plot_and_exit_code_1_where_a_run_has_failed()
    {
        _folder.Write("sweep.yaml", "steps: 2", "pairs: 12", "sizes: [0.5]", "keep: 0.4", "threads: 1", "over:", "  task: [gp, missing.jsonl]");

        var output = NodalTool.RunIn(_folder.Path, "sweep", "--config", "sweep.yaml", "--out", "sweep");

        output.ExitCode.ShouldBe(1, output.Error);
        output.Output.ShouldMatch(@"(?m)^\s*task-gp\s+\*\s+0\.\d+\s+\d\.\d+\s+0\.\d+\s+-?\d+\.\d+\s+2\s+\d:\d\d\s+keep 0\.4$");
        output.Output.ShouldMatch(@"(?m)^\s*task-missing.jsonl\s+failed$");
        output.Output.ShouldContain("failed: task-missing.jsonl: ");
        foreach (var file in new[] { "sweep.json", "sweep.csv", "sweep.svg", "settings.json" })
        {
            File.Exists(Path.Combine(_folder["sweep"], file)).ShouldBeTrue(file);
        }

        var again = NodalTool.RunIn(_folder.Path, "sweep", "--config", "sweep.yaml", "--out", "sweep", "--json");
        again.ExitCode.ShouldBe(1);
        again.Error.ShouldContain("run 1 of 2: task-gp, finished before");
        JsonNode.Parse(again.Output)!["runs"]!.AsArray().Select(run => run!["pareto"]!.GetValue<bool>()).ShouldBe([true, false]);
    }

    [Fact]
    public void Ctrl_c_ends_a_sweep_with_how_to_go_on_with_it()
    {
        string[] sweep = ["sweep", "--steps", "200", "--pairs", "12", "--batch", "4", "--sizes", "0.5", "--keep", "0.4", "--threads", "1", "--over", "seed=0,1", "--out", "my sweep"];

        var output = NodalTool.InterruptAt("step 2/", _folder.Path, () => { }, [.. sweep, "--verbose"]);

        output.ShouldFail(130, "nodal: interrupted.", "The sweep is kept. To go on with it: the same command with --out 'my sweep'");
        NodalTool.RunIn(_folder.Path, sweep).Successful().Error.ShouldContain("resuming: after step");
    }

    [Fact]
    public void Nothing_to_sweep_over_is_refused() => NodalTool.RunIn(_folder.Path, "sweep").ShouldFail(2, "nothing is swept over: found no --over");

    public void Dispose() => _folder.Dispose();

    private static SweepPlan Plan(string line)
    {
        var parsed = CommandTree.Configured(ShellWords.Of(line)[1..]);
        parsed.Errors.ShouldBeEmpty();
        var over = parsed.GetValue<string[]>("--over")!;
        return new SweepPlanner(new Invocation(parsed, Terminal.OfProcess(), CancellationToken.None)).Plan([.. over.Select(SweptValues.Parse)]);
    }
}
