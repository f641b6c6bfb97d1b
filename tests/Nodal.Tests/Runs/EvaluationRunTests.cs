using System.Text.Json.Nodes;
using Nodal.Discovery;
using Nodal.Evaluation;
using Nodal.Evaluation.Evidence;
using Nodal.Models;
using Nodal.Patching;
using Nodal.Runs;
using Nodal.Runtime;

namespace Nodal.Tests.Runs;

/// <summary>Fresh numbers of one short run on the embedded model.</summary>
public sealed class EvaluationRunTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nodal-evaluation-");
    private readonly RunResult _run;

    public EvaluationRunTests() => _run = DiscoveryRun.Execute(Options(), Path.Combine(_folder.FullName, "run"));

    [Fact]
    public void Evaluating_a_run_again_gives_its_own_numbers()
    {
        var again = EvaluationRun.Execute(new EvaluateOptions { Target = _run.Run });

        (again.Pairs, again.Result.Kl, again.Result.Parameters).ShouldBe((_run.Chosen.Pairs, _run.Chosen.Kl, _run.Chosen.Parameters));
    }

    [Fact]
    public void Another_seed_measures_no_pair_the_run_has_trained_or_selected_on()
    {
        using var model = ModelLoader.Load(EmbeddedModel.Id);
        var seen = FinishedRun.Open(_run.Run).Config.Options.Task.Load(model);
        var others = new TaskRequest { Pairs = 40, Seed = 9 }.Load(model).Test;
        var prompts = seen.Train.Concat(seen.Selection).SelectMany(pair => new[] { pair.Pair.Clean, pair.Pair.Corrupted }).ToHashSet();
        var fresh = others.Count(pair => !prompts.Contains(pair.Pair.Clean) && !prompts.Contains(pair.Pair.Corrupted));
        fresh.ShouldBeLessThan(others.Length, "the two splits overlap, else this test shows nothing");

        var result = EvaluationRun.Execute(new EvaluateOptions { Target = _run.Run, Seed = 9 });

        result.Pairs.ShouldBe(fresh);
        result.Warnings.ShouldContain(warning => warning.StartsWith($"{others.Length - fresh} test pairs left out", StringComparison.Ordinal));
    }

    [Fact]
    public void A_circuit_cut_from_a_run_is_measured_on_the_pairs_of_the_run()
    {
        var (cut, path) = FinishedRun.Open(_run.Run).Cut(new SizeChoice { Keep = 0.2 });

        var result = EvaluationRun.Execute(new EvaluateOptions { Target = path });

        (result.Pairs, result.Result.Kl).ShouldBe((cut.Chosen.Pairs, cut.Chosen.Kl));
        cut.Chosen.Size.ShouldBeLessThanOrEqualTo(0.2);
        cut.Sizes.Length.ShouldBe(1);
    }

    [Fact]
    public void Every_pair_of_a_file_is_measured_however_small_it_is()
    {
        var file = Path.Combine(_folder.FullName, "two.jsonl");
        File.WriteAllLines(file, File.ReadLines(EmbeddedModel.GenderedPronounPairs).Take(2));

        EvaluationRun.Execute(new EvaluateOptions { Target = _run.Run, Task = file }).Pairs.ShouldBe(2);
    }

    [Fact]
    public void Pairs_of_the_run_that_have_changed_are_refused_and_others_measured_with_a_warning()
    {
        var (pairs, others) = (Path.Combine(_folder.FullName, "pairs.jsonl"), Path.Combine(_folder.FullName, "others.jsonl"));
        var lines = File.ReadLines(EmbeddedModel.GenderedPronounPairs).Take(60).ToArray();
        File.WriteAllLines(pairs, lines[..40]);
        File.WriteAllLines(others, lines[40..]);
        var run = DiscoveryRun.Execute(Options() with { Task = new TaskRequest { Task = pairs } }, Path.Combine(_folder.FullName, "changed"));
        EvaluationResult Evaluate(string? task = null, int? seed = null, params EvidencePart[] evidence) => EvaluationRun.Execute(
            new EvaluateOptions { Target = run.Run, Task = task, Seed = seed, Evidence = evidence.Length == 0 ? null : [.. evidence], RandomCircuits = 1 });
        Evaluate().Result.Kl.ShouldBe(run.Chosen.Kl);
        Evaluate(others).Warnings.ShouldNotContain(warning => warning.Contains("cannot be told"));

        File.WriteAllLines(pairs, lines[1..40]);

        Should.Throw<NodalException>(() => Evaluate()).Message.ShouldStartWith($"the pairs of the run have changed since: found pairs of {pairs} with SHA-256 ");
        Should.Throw<NodalException>(() => Evaluate(seed: 9)).Message.ShouldStartWith("the pairs of the run have changed since");
        var result = Evaluate(others, null, EvidencePart.Controls);
        result.Pairs.ShouldBe(20);
        result.Warnings.ShouldContain(warning => warning.StartsWith(
            $"whether the pairs share a prompt with the run's training or selection pairs cannot be told: the pairs of the run have changed since (pairs of {pairs} with SHA-256 "));
        result.Evidence!.Controls!.LeftOut.ShouldContain(text => text.StartsWith("controls with training left out: the pairs of the run have changed since (pairs of "));
    }

    [Fact]
    public void Another_ablation_than_in_training_is_measured_with()
    {
        double Kl(AblationKind ablation, MeanPositions? positions = null) =>
            EvaluationRun.Execute(new EvaluateOptions { Target = _run.Run, Ablation = ablation, MeanPositions = positions }).Result.Kl;
        double[] divergences = [Kl(AblationKind.Counterfactual), Kl(AblationKind.Zero), Kl(AblationKind.Mean), Kl(AblationKind.Mean, MeanPositions.All)];

        divergences[0].ShouldBe(_run.Chosen.Kl);
        divergences.Distinct().Count().ShouldBe(4);
        Kl(AblationKind.Mean, MeanPositions.Classes).ShouldBe(divergences[2]);
    }

    [Fact]
    public void Learned_constants_are_read_again_by_cut_and_evaluate()
    {
        var folder = Path.Combine(_folder.FullName, "learned");
        var run = DiscoveryRun.Execute(Options() with { Ablation = AblationKind.Learned, ConstantRate = 0.1 }, folder);
        var (cut, path) = FinishedRun.Open(folder).Cut(new SizeChoice { Keep = 0.5 });

        cut.Chosen.Kl.ShouldBe(run.Chosen.Kl);
        EvaluationRun.Execute(new EvaluateOptions { Target = folder }).Result.Kl.ShouldBe(run.Chosen.Kl);
        EvaluationRun.Execute(new EvaluateOptions { Target = path, Ablation = AblationKind.Learned }).Result.Kl.ShouldBe(run.Chosen.Kl);
        EvaluationRun.Execute(new EvaluateOptions { Target = folder, Ablation = AblationKind.Mean }).Result.Kl.ShouldNotBe(run.Chosen.Kl);
        cut.Circuit!.Provenance.MeanPositions.ShouldBe("Classes");
    }

    [Fact]
    public void Learned_constants_begin_at_the_mean()
    {
        var folder = Path.Combine(_folder.FullName, "mean");
        var run = DiscoveryRun.Execute(Options() with { Ablation = AblationKind.Learned, ConstantRate = 0 }, folder);

        EvaluationRun.Execute(new EvaluateOptions { Target = folder, Ablation = AblationKind.Mean }).Result.Kl.ShouldBe(run.Chosen.Kl, 1e-6);
    }

    [Fact]
    public void Where_there_are_no_learned_constants_a_sentence_says_so()
    {
        var elsewhere = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder.FullName, "elsewhere")).FullName, "circuit.json");
        File.Copy(Path.Combine(_run.Run, "circuit.json"), elsewhere);
        string Fault(string target) => Should.Throw<NodalException>(() => EvaluationRun.Execute(new EvaluateOptions { Target = target, Ablation = AblationKind.Learned })).Message;

        Fault(_run.Run).ShouldStartWith($"the learned ablation has no constants here: found no {Path.Combine(_run.Run, "constants.safetensors")}; expected");
        Fault(elsewhere).ShouldStartWith("the learned ablation has no constants here: found a circuit file outside of a run folder; expected");
    }

    [Fact]
    public void A_circuit_of_a_version_that_knew_one_mean_is_measured_with_one_mean()
    {
        var old = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder.FullName, "old")).FullName, "circuit.json");
        var document = JsonNode.Parse(File.ReadAllText(Path.Combine(_run.Run, "circuit.json")))!;
        document["provenance"]!.AsObject().Remove("meanPositions");
        document["provenance"]!["ablation"] = "Mean";
        File.WriteAllText(old, document.ToJsonString());
        double Kl(MeanPositions? positions) => EvaluationRun.Execute(new EvaluateOptions { Target = old, MeanPositions = positions }).Result.Kl;

        Kl(null).ShouldBe(Kl(MeanPositions.All));
        Kl(null).ShouldNotBe(Kl(MeanPositions.Classes));
    }

    [Fact]
    public void A_circuit_that_names_no_ablation_is_refused_with_a_sentence()
    {
        var path = Path.Combine(_folder.FullName, "odd.json");
        File.WriteAllText(path, File.ReadAllText(Path.Combine(_run.Run, "circuit.json")).Replace("\"Counterfactual\"", "\"Nothing\"", StringComparison.Ordinal));

        Should.Throw<NodalException>(() => EvaluationRun.Execute(new EvaluateOptions { Target = path })).Message.ShouldContain("'Nothing'");
    }

    [Fact]
    public void Evidence_is_made_of_what_was_asked_for()
    {
        EvaluationRun.Execute(new EvaluateOptions { Target = _run.Run }).Evidence.ShouldBeNull();

        var evidence = EvaluationRun.Execute(new EvaluateOptions { Target = _run.Run, Evidence = [EvidencePart.Layers, EvidencePart.Curve] }).Evidence!;

        (evidence.Completeness, evidence.Minimality).ShouldBe((null, null));
        evidence.Layers!.Layers.Sum(layer => layer.Parameters).ShouldBe(_run.Chosen.Parameters);
        evidence.Curve!.Parameters.Points[^2].Kl.Value.ShouldBe(_run.Sizes[0].Kl, 1e-12, "the circuit of size .5 of the run's own table");
        evidence.Curve.Parameters.Points[^1].Faithfulness.ShouldBe(new Estimate(1, new Interval(1, 1)));
    }

    [Fact]
    public void A_circuit_file_alone_has_no_curve()
    {
        var elsewhere = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder.FullName, "alone")).FullName, "circuit.json");
        File.Copy(Path.Combine(_run.Run, "circuit.json"), elsewhere);

        var result = EvaluationRun.Execute(new EvaluateOptions { Target = elsewhere, Pairs = 10, Evidence = [] });

        result.Evidence!.Curve.ShouldBeNull();
        result.Evidence.Layers.ShouldNotBeNull();
        result.Warnings.ShouldContain("evidence curve left out: a circuit file outside of a run folder has no ranking");
        Should.Throw<NodalException>(() => EvaluationRun.Execute(new EvaluateOptions { Target = elsewhere, Pairs = 10, Evidence = [EvidencePart.Curve] }))
            .Message.ShouldStartWith("--evidence curve does not apply here: found a circuit file outside of a run folder has no ranking; expected");
    }

    private static DiscoverOptions Options() => new()
    {
        Task = new TaskRequest { Pairs = 40 },
        Ranking = new RankingOptions { Steps = 2 },
        Choice = new SizeChoice { Keep = 0.5 },
        Sizes = [0.5],
        Threads = 1,
    };

    public void Dispose() => _folder.Delete(recursive: true);
}
