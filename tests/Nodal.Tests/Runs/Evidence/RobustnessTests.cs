using Nodal.Circuits;
using Nodal.Evaluation.Evidence;
using Nodal.Models;
using Nodal.Patching;
using Nodal.Runs;
using Nodal.Runs.Evidence;
using Nodal.Tasks;
using Nodal.Tests.Discovery;
using Nodal.Tests.Models;
using Nodal.Tests.Patching;
using Nodal.Tests.Tasks;

namespace Nodal.Tests.Runs.Evidence;

public sealed class RobustnessTests
{
    /// <summary>No prompt of the task itself fits into eight tokens.</summary>
    [Fact]
    public void Names_that_make_no_pairs_are_left_out_and_all_other_changes_stay()
    {
        var config = TinyModels.Config("gpt2") with { ContextLength = 8 };
        using var model = new LoadedModel
        {
            Reference = "tiny", Path = "", Format = "", Hash = "", Tokenizer = new WordTokenizer(),
            Transformer = new Transformer(config, TinyModels.Weights(config, TorchSharp.torch.ScalarType.Float32, seed: 1)),
        };
        EncodedPair[] pairs = TinyPairs.Make(config, count: 4);
        using var bench = new Workbench(model, new TaskData { Name = OtherNames.Task, Train = [], Selection = [], Test = [.. pairs] }, AblationKind.Counterfactual, threads: 1);
        var news = new List<EvidenceProgress>();

        var robustness = Robustness.Of(Material(bench, pairs, new Observer<EvidenceProgress>(news.Add)));

        robustness.LeftOut.ShouldContain(text => text.StartsWith("robustness to other names left out: task 'ioi' cannot give as many pairs as asked for with the tokenizer words (0 pairs"));
        robustness.LeftOut.Length.ShouldBe(4, "templates, for there is no run, and both lengths too");
        robustness.Rows.Select(row => row.Kind).ShouldBe(
            [RobustnessKind.Unchanged, RobustnessKind.Ablation, RobustnessKind.Ablation, RobustnessKind.Noise, RobustnessKind.Noise, RobustnessKind.Noise]);
        news.Select(report => (report.Runs, report.Of)).ShouldBe([(1, 10), (2, 10), (3, 10), (4, 10), (5, 10)]);
    }

    private static EvidenceMaterial Material(Workbench bench, EncodedPair[] pairs, IProgress<EvidenceProgress> progress)
    {
        var circuit = NodeSet.Full(bench.Layout);
        var measured = bench.Runner.Measure([circuit, bench.AllClosed], pairs);
        var setting = new EvidenceSetting
        {
            Layout = bench.Layout, Runner = bench.Runner, Circuit = circuit, Pairs = pairs, Seed = 1, Measured = measured[0], AllClosed = measured[1], Progress = progress,
        };
        return new EvidenceMaterial(setting, bench, new TaskRequest { Task = OtherNames.Task }, Run: null, AblationKind.Counterfactual, MeanPositions.All, Progress: null);
    }
}
