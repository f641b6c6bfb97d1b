using System.Text.Json.Nodes;

namespace Nodal.EndToEnd;

public sealed class CompareMethodsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Methods_are_compared_in_a_table_and_a_plot_each_with_the_options_it_knows()
    {
        string[] words = ["compare", "--methods", "random,Attribution-Patching,ranking", "--steps", "3", "--pairs", "12", "--sizes", "0.3,0.6", "--keep", "0.4", "--threads", "1", "--out", "methods"];

        var output = NodalTool.RunIn(_folder.Path, words).Successful();

        output.Output.ShouldMatch(@"(?m)^\s*method\s+0\.3\s+0\.6\s+mean\s+runs\s+time$");
        foreach (var method in new[] { "random", "attribution-patching", "ranking" })
        {
            output.Output.ShouldMatch($@"(?m)^\s*{method}\s+\d\.\d+\s+\d\.\d+\s+\d\.\d+\s+1\s+\d:\d\d$");
        }

        File.Exists(Path.Combine(_folder["methods"], "methods.svg")).ShouldBeTrue();
        var again = NodalTool.RunIn(_folder.Path, [.. words, "--areas"]).Successful();
        again.Error.ShouldContain("method-random, finished before");
        again.Output.ShouldContain("CPR (more is better) and CMD (0 is best)");
        foreach (var method in new[] { "random", "attribution-patching", "ranking" })
        {
            again.Output.ShouldMatch($@"(?m)^\s*{method}(\s+-?\d+\.\d+ \[-?\d+\.\d+, -?\d+\.\d+\]){{8}}$");
        }

        var json = JsonNode.Parse(NodalTool.RunIn(_folder.Path, [.. words, "--json"]).Successful().Output)!["methods"]!.AsArray();
        json.Count.ShouldBe(3);
        json.ShouldAllBe(method => method!["areas"] == null);
    }

    [Theory]
    [InlineData("--methods nothing", "--methods cannot be read: found 'nothing'; expected some of ranking, paper, random,")]
    [InlineData("", "too little to compare: found nothing")]
    [InlineData("--methods random,ranking --over rate=0.1,0.2", "methods are compared over seeds alone: found --over rate")]
    [InlineData("--methods random --method ranking", "nodal compare has no such option: found '--method'; expected one that it has")]
    [InlineData("--methods random,magnitude --margin 1", "--margin belongs to --methods paper or ranking or mattr: found method random, magnitude. Leave it out, or name another method.")]
    [InlineData("--methods ranking --constant-rate 0.1", "--constant-rate belongs to --ablation learned: found ablation counterfactual. Leave it out, or name another ablation.")]
    [InlineData("--methods ranking --refine-batch 8", "--refine-batch belongs to --refine: found no --refine. Leave it out, or give --refine.")]
    [InlineData("one other --seed 3", "--seed belongs to --methods: found no --methods. Leave it out, or give --methods in place of the circuits.")]
    [InlineData("one other --seed 3 --areas", "--areas, --seed belong to --methods: found no --methods. Leave them out, or give --methods in place of the circuits.")]
    [InlineData("--methods ranking --steps x", "--steps cannot be read")]
    public void A_comparison_that_cannot_be_is_refused(string line, string expected) =>
        NodalTool.RunIn(_folder.Path, ["compare", .. ShellWords.Of(line)]).ShouldFail(2, expected);

    [Fact]
    public void An_option_of_a_file_that_no_method_knows_is_refused()
    {
        _folder.Write("methods.yaml", "methods: [random, magnitude]", "margin: 1");

        NodalTool.RunIn(_folder.Path, "compare", "--config", "methods.yaml").ShouldFail(2, "--margin belongs to --methods paper or ranking or mattr: found method random, magnitude.");
    }

    [Theory]
    [InlineData("discover --method random --steps 3", "--steps belongs to --method ranking or paper or mattr or subnetwork-probing or integrated-gradients or uniform-gradient-sampling: found method random")]
    [InlineData("discover --metric kl", "--metric belongs to --method")]
    [InlineData("discover --method hisp --metric kl", "metric kl for hisp (logit-difference: the gradient of KL is 0 in the full model)")]
    [InlineData("discover --method attribution", "--method cannot be read: found 'attribution'; expected one of ranking, paper, random, magnitude, activation-patching")]
    public void Options_of_other_methods_are_refused(string line, string expected) => NodalTool.RunIn(_folder.Path, ShellWords.Of(line)).ShouldFail(2, expected);

    [Fact]
    public void A_baseline_makes_a_run_like_any_other()
    {
        var output = NodalTool.RunIn(_folder.Path, "discover", "--method", "uniform-gradient-sampling", "--steps", "3", "--metric", "logit-difference", "--pairs", "12", "--keep", "0.4", "--sizes", "0.4", "--threads", "1", "--out", "run").Successful();

        output.Output.ShouldContain("method uniform-gradient-sampling, 3 steps");
        output.Error.ShouldContain("scoring nodes, 3/3");
        NodalTool.RunIn(_folder.Path, "cut", "run", "--keep", "0.2").Successful();
    }

    public void Dispose() => _folder.Dispose();
}
