using Nodal.Discovery;
using Nodal.Evaluation.Evidence;
using Nodal.Gates;
using Nodal.Runs;
using Nodal.Runs.Evidence;

namespace Nodal.Tests.Runs.Evidence;

public sealed class ControlsTests
{
    [Fact]
    public void Where_the_run_again_falls_short_its_fellows_say_little()
    {
        Controls.TooShort(0.314, steps: 10, runSteps: 40).ShouldBe(["the run again, in 10 steps, has 0.31 of the circuit's faithfulness: trained controls say little; give more --control-steps"]);
        Controls.TooShort(0.314, steps: 40, runSteps: 40).ShouldBe(["the run again, in 40 steps, has 0.31 of the circuit's faithfulness: trained controls say little"]);
        Controls.TooShort(0.314, steps: 0, runSteps: 0).ShouldBe(["the run again has 0.31 of the circuit's faithfulness: trained controls say little"]);
        Controls.TooShort(0.5, steps: 10, runSteps: 40).ShouldBeEmpty();
        Controls.TooShort(null, steps: 0, runSteps: 0).ShouldBeEmpty("a circuit without its run");
    }

    [Fact]
    public void A_circuit_of_blocks_as_wholes_has_no_random_controls_and_no_warning_of_them()
    {
        var folder = Directory.CreateTempSubdirectory("nodal-blocks-");
        try
        {
            var run = Path.Combine(folder.FullName, "run");
            DiscoveryRun.Execute(
                new DiscoverOptions
                {
                    Task = new TaskRequest { Pairs = 20 }, Method = DiscoveryMethod.ActivationPatching, Granularities = [Granularity.AttentionBlock, Granularity.MlpBlock],
                    Choice = new SizeChoice { Keep = 0.5 }, Sizes = [0.5], Threads = 1,
                },
                run);

            var result = EvaluationRun.Execute(new EvaluateOptions { Target = run, Evidence = [EvidencePart.Hypotheses, EvidencePart.Controls], RandomCircuits = 5 });

            var (tests, controls) = (result.Evidence!.Hypotheses!, result.Evidence.Controls!);
            (tests.Sufficiency, tests.PartialNecessity, controls.Random, controls.BestRandomShare, controls.CloseRandom).ShouldBe((null, null, null, null, 0));
            controls.Rows.Select(row => row.Kind).ShouldBe([ControlKind.Retrained, ControlKind.ShuffledAnswers, ControlKind.PermutedWeights]);
            controls.LeftOut.Length.ShouldBe(2);
            controls.LeftOut[0].ShouldStartWith("comparison with random circuits left out: all 5 that were drawn");
            controls.LeftOut[1].ShouldStartWith("the largest weights left out:");
            result.Warnings.ShouldNotContain(warning => warning.Contains("random circuits") || warning.Contains("largest weights"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
