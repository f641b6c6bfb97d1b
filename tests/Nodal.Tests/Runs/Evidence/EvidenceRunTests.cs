using Nodal.Discovery;
using Nodal.Evaluation.Evidence;
using Nodal.Runs;
using Nodal.Runs.Evidence;
using Nodal.Runtime;

namespace Nodal.Tests.Runs.Evidence;

/// <summary>Tests, controls and robustness of one short run on the embedded model.</summary>
public sealed class EvidenceRunTests(TrainedRun trained) : IClassFixture<TrainedRun>
{
    private readonly RunResult _run = trained.Result;

    [Fact]
    public void A_trained_circuit_is_better_than_random_ones_and_its_controls()
    {
        var evidence = Of(_run.Run, EvidencePart.Hypotheses, EvidencePart.Controls);
        var (tests, controls) = (evidence.Hypotheses!, evidence.Controls!);

        (tests.Sufficiency.Random.Length, tests.Sufficiency.Beaten).ShouldBe((30, 30));
        tests.Sufficiency.PValue.ShouldBe(Math.Pow(0.9, 30), 1e-12);
        tests.ComparedPairs.ShouldBe(64);
        (tests.Equivalence.Better + tests.Equivalence.Worse + tests.Equivalence.Ties).ShouldBe(_run.Chosen.Pairs);
        tests.Minimality.Nodes.Length.ShouldBe(Kept(_run, tests.Minimality.Untested));

        controls.Rows.Select(row => row.Kind).ShouldBe([ControlKind.Magnitude, ControlKind.Retrained, ControlKind.ShuffledAnswers, ControlKind.PermutedWeights]);
        (controls.Steps, controls.RunSteps).ShouldBe((10, 40));
        controls.Rows.ShouldAllBe(row => Math.Abs(row.Row.Size - _run.Chosen.Size) < 0.02);
        controls.Random.ShouldBe(tests.Sufficiency, "random circuits are not run twice");
        controls.Runs.ShouldBe(4);
        (controls.CloseRandom > 0 ? 1 : 0).ShouldBe(controls.Warnings.Count(warning => warning.Contains("random circuits")));
        controls.Warnings.Count(warning => warning.StartsWith("a control")).ShouldBe(controls.Rows.Count(row => row.Close));
        controls.Rows[0].Share!.Value.ShouldBe((_run.AllClosed.Kl - controls.Rows[0].Row.Kl) / (_run.AllClosed.Kl - _run.Chosen.Kl), 1e-9);
    }

    [Fact]
    public void The_whole_steps_train_the_run_again_and_find_its_circuit()
    {
        var result = EvaluationRun.Execute(new EvaluateOptions { Target = _run.Run, Evidence = [EvidencePart.Controls], RandomCircuits = 1, ControlSteps = 40 });

        var again = result.Evidence!.Controls!.Rows.Single(row => row.Kind == ControlKind.Retrained);
        again.Row.Kl.ShouldBe(_run.Chosen.Kl, 1e-6);
        again.Share!.Value.ShouldBe(1, 1e-6);
        again.Close.ShouldBeFalse("it is no control");
    }

    [Fact]
    public void A_control_of_the_published_method_has_its_warm_up_in_proportion()
    {
        var options = new DiscoverOptions { Method = DiscoveryMethod.Paper, Paper = new PaperOptions { Steps = 2000, Epochs = 500 } };

        var shortened = Retraining.Shortened(options, 500).Paper;

        (shortened.Steps, shortened.Epochs, shortened.WarmupSteps).ShouldBe((500, null, 250));
        Retraining.Shortened(new DiscoverOptions(), 100).Paper.WarmupSteps.ShouldBe(1000);
        Retraining.Shortened(new DiscoverOptions { Method = DiscoveryMethod.SubnetworkProbing }, 7).Probing.Steps.ShouldBe(7);
    }

    [Theory]
    [InlineData(DiscoveryMethod.AttributionPatching)]
    [InlineData(DiscoveryMethod.SubnetworkProbing)]
    public void Every_method_has_its_controls(DiscoveryMethod method)
    {
        var folder = Path.Combine(trained.Folder, $"{method}");
        DiscoveryRun.Execute(
            new DiscoverOptions { Method = method, Task = new TaskRequest { Pairs = 12 }, Probing = new ProbingOptions { Steps = 4 }, Choice = new SizeChoice { Keep = 0.5 }, Sizes = [0.5], Threads = 1 }, folder);

        var controls = EvaluationRun.Execute(new EvaluateOptions { Target = folder, Evidence = [EvidencePart.Controls], RandomCircuits = 1 }).Evidence!.Controls!;

        controls.LeftOut.ShouldBeEmpty();
        controls.Rows.Length.ShouldBe(4);
        controls.Steps.ShouldBe(method == DiscoveryMethod.SubnetworkProbing ? 1 : 0);
        if (method == DiscoveryMethod.AttributionPatching)
        {
            controls.Rows.Single(row => row.Kind == ControlKind.Retrained).Share!.Value.ShouldBe(1, 1e-9, "nothing is shortened");
        }
    }

    [Fact]
    public void Circuit_and_full_model_stand_side_by_side_under_each_change()
    {
        var robustness = Of(_run.Run, EvidencePart.Robustness).Robustness!;
        RobustnessRow[] Kind(RobustnessKind kind) => [.. robustness.Rows.Where(row => row.Kind == kind)];

        Kind(RobustnessKind.Unchanged).Single().Row.Kl.ShouldBe(_run.Chosen.Kl, 1e-9);
        Kind(RobustnessKind.Ablation).Select(row => row.Change).ShouldBe(["counterfactual in place, mean here", "counterfactual in place, zero here"]);
        Kind(RobustnessKind.Ablation).ShouldAllBe(row => row.Row.FullLogitDifference == _run.Chosen.FullLogitDifference && row.Row.Kl != _run.Chosen.Kl);
        Kind(RobustnessKind.Noise).Length.ShouldBe(3);
        Kind(RobustnessKind.Noise).Select(row => Math.Abs(row.Row.FullLogitDifference - _run.Chosen.FullLogitDifference)).ShouldAllBe(change => change > 0, "the full model has the noise too");
        Kind(RobustnessKind.Length).Length.ShouldBe(2);
        foreach (var kind in new[] { RobustnessKind.Templates, RobustnessKind.Names })
        {
            Kind(kind).Select(row => row.Retrained).ShouldBe([false, true, false, true]);
            Kind(kind)[0].Row.Pairs.ShouldBe(Kind(kind)[1].Row.Pairs);
        }

        robustness.LeftOut.ShouldBeEmpty();
        robustness.Steps.ShouldBe(10);
        robustness.Runs.ShouldBe(4 + 2 + 3 + 2);
    }

    [Fact]
    public void A_circuit_without_its_run_has_no_trained_controls_and_a_sentence_says_why()
    {
        var file = Path.Combine(trained.Folder, "circuit.json");
        File.Copy(Path.Combine(_run.Run, "circuit.json"), file);

        var evidence = Of(file, EvidencePart.Controls, EvidencePart.Robustness);

        evidence.Controls!.Rows.Select(row => row.Kind).ShouldBe([ControlKind.Magnitude]);
        evidence.Controls.LeftOut.ShouldHaveSingleItem().ShouldBe("controls with training left out: a circuit file outside of a run folder does not say how it was trained");
        evidence.Robustness!.LeftOut.Length.ShouldBe(2);
        evidence.Robustness.Rows.ShouldAllBe(row => !row.Retrained);
    }

    [Theory]
    [InlineData(0, null, "--random-circuits is no number of circuits: found 0")]
    [InlineData(10, 0, "--control-steps is no number of steps: found 0")]
    public void Numbers_that_cannot_be_are_refused(int circuits, int? steps, string fault) =>
        Should.Throw<NodalException>(() => EvaluationRun.Execute(new EvaluateOptions { Target = _run.Run, RandomCircuits = circuits, ControlSteps = steps })).Message.ShouldStartWith(fault);

    private static CircuitEvidence Of(string target, params EvidencePart[] parts) =>
        EvaluationRun.Execute(new EvaluateOptions { Target = target, Evidence = [.. parts], RandomCircuits = 30 }).Evidence!;

    private static int Kept(RunResult run, int untested) =>
        run.Chosen.Nodes[Nodal.Gates.Granularity.AttentionBlock] + run.Chosen.Nodes[Nodal.Gates.Granularity.Head] + run.Chosen.Nodes[Nodal.Gates.Granularity.MlpBlock] - untested;
}
