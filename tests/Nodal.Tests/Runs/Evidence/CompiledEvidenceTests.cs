using System.Text.Json;
using Nodal.Discovery;
using Nodal.Evaluation.Evidence;
using Nodal.Models;
using Nodal.Patching;
using Nodal.Runs;
using Nodal.Runtime;

namespace Nodal.Tests.Runs.Evidence;

/// <summary>Evidence for short runs on compiled transformers, whose few words make no sentences and whose task has every input.</summary>
public sealed class CompiledEvidenceTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nodal-compiled-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void All_parts_are_made_and_a_sentence_stands_for_what_does_not_apply()
    {
        var result = Evaluate(EmbeddedModel.Reverse);

        var evidence = result.Evidence!;
        new object?[]
        {
            evidence.Curve, evidence.Completeness, evidence.Minimality, evidence.Layers, evidence.Hypotheses, evidence.Controls, evidence.Robustness, evidence.Stability, evidence.GroundTruth,
        }.ShouldAllBe(part => part != null);
        ShouldBeRobustlyMeasured(evidence);
        JsonSerializer.Serialize(result, NodalJson.Options).ShouldContain("\"groundTruth\"", Case.Sensitive, "every number is one that JSON has");
    }

    /// <summary>Its output is one number, and no pair has a foil.</summary>
    [Fact]
    public void A_model_of_one_output_has_its_evidence_too()
    {
        var result = Evaluate(
            EmbeddedModel.Proportion, EvidencePart.Curve, EvidencePart.Completeness, EvidencePart.Minimality, EvidencePart.Layers, EvidencePart.Hypotheses, EvidencePart.Controls, EvidencePart.Robustness,
            EvidencePart.Stability);

        ShouldBeRobustlyMeasured(result.Evidence!);
        JsonSerializer.Serialize(result, NodalJson.Options).ShouldContain("\"stability\"");
    }

    [Fact]
    public void Another_seed_measures_on_as_many_inputs_for_none_are_held_out() =>
        EvaluationRun.Execute(new EvaluateOptions { Target = Discover(EmbeddedModel.Reverse), Seed = 5 }).Pairs.ShouldBe(60);

    private static void ShouldBeRobustlyMeasured(CircuitEvidence evidence)
    {
        var robustness = evidence.Robustness!;
        robustness.Rows.Select(row => row.Kind).ShouldBe(
            [RobustnessKind.Unchanged, RobustnessKind.Ablation, RobustnessKind.Ablation, RobustnessKind.Noise, RobustnessKind.Noise, RobustnessKind.Noise]);
        robustness.LeftOut.Length.ShouldBe(3);
        robustness.LeftOut[0].ShouldBe("robustness to other templates left out: the task is every input of the model, in no groups");
        robustness.LeftOut[1].ShouldStartWith("robustness to other names left out:");
        robustness.LeftOut[2].ShouldStartWith("robustness to longer prompts left out: the model knows ");
        evidence.Controls!.Rows.Select(row => row.Kind).Except([ControlKind.Magnitude]).ShouldBe([ControlKind.Retrained, ControlKind.ShuffledAnswers, ControlKind.PermutedWeights]);
    }

    private EvaluationResult Evaluate(string model, params EvidencePart[] parts) =>
        EvaluationRun.Execute(new EvaluateOptions { Target = Discover(model), Evidence = [.. parts], RandomCircuits = 3, ControlSteps = 2 });

    private string Discover(string model)
    {
        var run = Path.Combine(_folder.FullName, "run");
        DiscoveryRun.Execute(
            new DiscoverOptions
            {
                Model = model, Task = new TaskRequest { Task = "every-input", Pairs = 60 }, Ablation = AblationKind.Zero, Ranking = new RankingOptions { Steps = 8 },
                Choice = new SizeChoice { Keep = 0.5 }, Sizes = [0.5], Threads = 1,
            },
            run);
        return run;
    }
}
