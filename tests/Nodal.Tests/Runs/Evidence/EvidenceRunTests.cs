using Nodal.Discovery;
using Nodal.Evaluation;
using Nodal.Evaluation.Evidence;
using Nodal.Gates;
using Nodal.Patching;
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

        var sufficiency = tests.Sufficiency!;
        (sufficiency.Random.Length, sufficiency.Beaten).ShouldBe((30, 30));
        sufficiency.PValue.ShouldBe(Math.Pow(0.9, 30), 1e-12);
        tests.IndependenceAllClosed.Pairs.ShouldBe(_run.Chosen.Pairs);
        tests.ComparedPairs.ShouldBe(64);
        (tests.Equivalence.Better + tests.Equivalence.Worse + tests.Equivalence.Ties).ShouldBe(_run.Chosen.Pairs);
        tests.Minimality.Nodes.Length.ShouldBe(Kept(_run, tests.Minimality.Untested));

        controls.Rows.Select(row => row.Kind).ShouldBe([ControlKind.Magnitude, ControlKind.Retrained, ControlKind.ShuffledAnswers, ControlKind.PermutedWeights]);
        (controls.Steps, controls.RunSteps).ShouldBe((10, 40));
        controls.Rows.ShouldAllBe(row => Math.Abs(row.Row.Size - _run.Chosen.Size) < 0.02);
        controls.Random.ShouldBe(sufficiency, "random circuits are not run twice");
        controls.Runs.ShouldBe(4);
        (controls.CloseRandom > 0 ? 1 : 0).ShouldBe(controls.Warnings.Count(warning => warning.Contains("random circuits")));
        controls.Warnings.Count(warning => warning.StartsWith("a control")).ShouldBe(controls.Rows.Count(row => row.Close));
        controls.Warnings.Count(warning => warning.StartsWith("the run again")).ShouldBe(controls.Rows[1].Share < ControlRow.CloseShare ? 1 : 0);
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

        var controls = EvaluationRun.Execute(new EvaluateOptions { Target = folder, Evidence = [EvidencePart.Controls], RandomCircuits = 3 }).Evidence!.Controls!;

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
        foreach (var (row, ablation) in Kind(RobustnessKind.Ablation).Zip(new[] { AblationKind.Mean, AblationKind.Zero }))
        {
            var again = EvaluationRun.Execute(new EvaluateOptions { Target = _run.Run, Ablation = ablation }).Result;
            (row.Row.Pairs, row.Row.FullLogitDifference).ShouldBe((again.Pairs, again.FullLogitDifference));
            row.Row.Kl.ShouldBe(again.Kl, 1e-9, $"as evaluate --ablation {ablation} has it");
            row.Row.LogitDifference.ShouldBe(again.LogitDifference, 1e-9);
            again.Kl.ShouldNotBe(_run.Chosen.Kl);
        }

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
    public void Indirect_objects_are_tried_with_names_of_another_list()
    {
        var folder = Path.Combine(trained.Folder, "ioi");
        DiscoveryRun.Execute(
            new DiscoverOptions
            {
                Model = TestData.Shared("models", "SmolLM2-135M-Instruct", "SmolLM2-135M-Instruct.Q4_1.gguf"), Task = new TaskRequest { Task = "ioi", Pairs = 4 },
                Method = DiscoveryMethod.Magnitude, Choice = new SizeChoice { Keep = 0.5 }, Sizes = [0.5],
            },
            folder);

        var robustness = Of(folder, EvidencePart.Robustness).Robustness!;

        var names = robustness.Rows.Single(row => row.Kind == RobustnessKind.Names);
        (names.Change, names.Retrained, names.Row.Pairs).ShouldBe(("names of another list", false, 4));
        names.Row.FullLogitDifference.ShouldNotBe(robustness.Rows[0].Row.FullLogitDifference, "they are other pairs");
        robustness.LeftOut.ShouldHaveSingleItem().ShouldStartWith("robustness to other templates left out:");
    }

    [Fact]
    public void Other_seeds_find_circuits_of_the_same_size_whose_overlap_is_counted()
    {
        var stability = Of(_run.Run, EvidencePart.Stability).Stability!;

        stability.Seeds.ShouldBe([1, 2]);
        (stability.Steps, stability.RunSteps, stability.Runs).ShouldBe((10, 40, 2));
        stability.Rows.ShouldAllBe(row => Math.Abs(row.Size - _run.Chosen.Size) < 0.02 && row.Kl < _run.AllClosed.Kl);
        stability.Rows[0].Kl.ShouldNotBe(stability.Rows[1].Kl, "each seed has a training of its own");
        stability.Overlap.Keys.ShouldBe(_run.Chosen.Nodes.Keys);
        stability.Overlap.Values.ShouldAllBe(overlap => overlap.Worst <= overlap.Mean && overlap.Mean <= 1);
        stability.Overlap[Granularity.MlpOutput].Mean.ShouldBeGreaterThan(stability.Chance[Granularity.MlpOutput]);
    }

    [Fact]
    public void With_the_run_s_own_steps_the_trainings_are_the_runs_of_other_seeds()
    {
        var folder = Path.Combine(trained.Folder, "several");
        var several = DiscoveryRun.Execute(
            new DiscoverOptions
            {
                Task = new TaskRequest { Pairs = 40 }, Ranking = new RankingOptions { Steps = 6, Seed = 3 }, Choice = new SizeChoice { Keep = 0.3 }, Sizes = [0.3], Threads = 1, Seeds = 3,
            },
            folder);

        var stability = EvaluationRun.Execute(new EvaluateOptions { Target = Path.Combine(folder, "seed-3"), Evidence = [EvidencePart.Stability], ControlSteps = 6 }).Evidence!.Stability!;

        stability.Seeds.ShouldBe([4, 5]);
        var size = several.Stability!.Runs[0].Chosen.Size;
        var circuits = new[] { 3, 4, 5 }.Select(seed => FinishedRun.Open(Path.Combine(folder, $"seed-{seed}")).ReadRanking(several.Circuit!.Nodes.Layout)!.AtSize(size)).ToArray();
        var heads = Array.ConvertAll(circuits, circuit => Enumerable.Range(0, circuit.Layout.Count).Where(i => circuit[i] && circuit.Layout[i].Granularity == Granularity.Head).ToHashSet());
        double[] indices = [.. new[] { (0, 1), (0, 2), (1, 2) }.Select(pair => (double)heads[pair.Item1].Intersect(heads[pair.Item2]).Count() / heads[pair.Item1].Union(heads[pair.Item2]).Count())];
        stability.Overlap[Granularity.Head].Mean.ShouldBe(indices.Average(), 1e-12);
        stability.Overlap[Granularity.Head].Worst.ShouldBe(indices.Min(), 1e-12);
    }

    [Fact]
    public void The_run_s_method_is_tried_on_compiled_transformers()
    {
        var truth = Of(_run.Run, EvidencePart.GroundTruth).GroundTruth!;

        truth.Rows.Select(row => row.Model).ShouldBe(["tracr-reverse", "tracr-xproportion"]);
        truth.Rows[0].Needed.ShouldBe(["m0", "m1", "m2", "a3.h0"]);
        truth.Rows[1].Needed.ShouldBe(["m0", "a1.h0"]);
        truth.Rows.ShouldAllBe(row => row.Score == new GroundTruthScore(1, 1, 1));
    }

    [Fact]
    public void A_method_that_fails_on_a_compiled_transformer_is_seen_to()
    {
        var folder = Path.Combine(trained.Folder, "attribution");
        DiscoveryRun.Execute(
            new DiscoverOptions { Method = DiscoveryMethod.AttributionPatching, Task = new TaskRequest { Pairs = 12 }, Choice = new SizeChoice { Keep = 0.5 }, Sizes = [0.5], Threads = 1 }, folder);

        Of(folder, EvidencePart.GroundTruth).GroundTruth!.Rows.Select(row => row.Score.Area).ShouldBe([0.25, 1]);
        Should.Throw<NodalException>(() => Of(folder, EvidencePart.Stability)).Message.ShouldStartWith("--evidence stability does not apply here: found the run's method draws nothing at random");
    }

    [Theory]
    [InlineData(3, 1, 4, 5)]
    [InlineData(3, 3, 6, 7)]
    [InlineData(int.MaxValue - 2, 1, int.MaxValue - 3, int.MaxValue - 4)]
    public void Other_seeds_are_none_of_the_run_s(int first, int count, int one, int other) => Stability.OtherSeeds(first, count).ShouldBe([one, other]);

    [Fact]
    public void A_circuit_without_its_run_has_no_trained_controls_and_a_sentence_says_why()
    {
        var file = Path.Combine(trained.Folder, "circuit.json");
        File.Copy(Path.Combine(_run.Run, "circuit.json"), file);

        var evidence = Of(file, EvidencePart.Controls, EvidencePart.Robustness);
        var whole = EvaluationRun.Execute(new EvaluateOptions { Target = file, Evidence = [], RandomCircuits = 1 });

        evidence.Controls!.Rows.Select(row => row.Kind).ShouldBe([ControlKind.Magnitude]);
        evidence.Controls.LeftOut.ShouldHaveSingleItem().ShouldBe("controls with training left out: a circuit file outside of a run folder does not say how it was trained");
        evidence.Robustness!.LeftOut.Length.ShouldBe(2);
        evidence.Robustness.Rows.ShouldAllBe(row => !row.Retrained);
        (whole.Evidence!.Stability, whole.Evidence.GroundTruth).ShouldBe((null, null));
        whole.Warnings.Count(warning => warning.StartsWith("evidence stability left out:") || warning.StartsWith("evidence ground-truth left out:")).ShouldBe(2);
    }

    [Theory]
    [InlineData(0, null, "--random-circuits is no number of circuits: found 0")]
    [InlineData(10, 0, "--control-steps is no number of steps: found 0")]
    public void Numbers_that_cannot_be_are_refused(int circuits, int? steps, string fault) =>
        Should.Throw<NodalException>(() => EvaluationRun.Execute(new EvaluateOptions { Target = _run.Run, RandomCircuits = circuits, ControlSteps = steps })).Message.ShouldStartWith(fault);

    private static CircuitEvidence Of(string target, params EvidencePart[] parts) =>
        EvaluationRun.Execute(new EvaluateOptions { Target = target, Evidence = [.. parts], RandomCircuits = 30 }).Evidence!;

    private static int Kept(RunResult run, int untested) =>
        run.Chosen.Nodes[Granularity.AttentionBlock] + run.Chosen.Nodes[Granularity.Head] + run.Chosen.Nodes[Granularity.MlpBlock] - untested;
}
