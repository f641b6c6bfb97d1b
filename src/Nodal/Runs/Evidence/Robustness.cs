using System.Collections.Immutable;
using System.Globalization;
using Nodal.Circuits;
using Nodal.Evaluation;
using Nodal.Evaluation.Evidence;
using Nodal.Models;
using Nodal.Patching;
using Nodal.Runtime;
using Nodal.Tasks;

namespace Nodal.Runs.Evidence;

/// <summary>Makes <see cref="RobustnessEvidence"/>.</summary>
/// <remarks>
/// <code>
/// templates and names   a third of them held out of a training of fewer steps; its circuit, and the one in question, on test pairs with and without them;
///                       names of indirect object identification instead are others than the task's, the circuit in question on pairs made of them
/// ablation              each of counterfactual, mean and zero that is not the one in question
/// noise                 .05, .1 and .2 of the embeddings' root mean square
/// length                one sentence before the prompts, and three
/// </code>
/// Templates and names are left out where the task is every input, which leaves none to hold out, and where pairs are in no groups by them; other names where they make too few pairs for the model's
/// tokenizer; sentences where the model's words make none.
/// Runs: one for each row but the first and those of the circuit in question on some of the test pairs, which are known.
/// </remarks>
internal sealed class Robustness
{
    private static readonly double[] NoiseShares = [0.05, 0.1, 0.2];
    private static readonly AblationKind[] Ablations = [AblationKind.Counterfactual, AblationKind.Mean, AblationKind.Zero];
    private static readonly int[] Lengths = [1, LongerPrompts.Most];

    private readonly EvidenceMaterial _material;
    private readonly EvidenceSetting _setting;
    private readonly CircuitEvaluation _evaluation;
    private readonly List<RobustnessRow> _rows = [];
    private readonly List<string> _leftOut = [];
    private int _runs;

    private Robustness(EvidenceMaterial material)
    {
        (_material, _setting) = (material, material.Setting);
        _evaluation = new CircuitEvaluation(_setting.Runner, _setting.Layout, _setting.Seed);
    }

    /// <summary>Runs where every change applies: two of templates, and two of names or one of another list.</summary>
    private int MostRuns => (_material.Request.Task == OtherNames.Task ? 3 : 4) + Ablations.Count(ablation => ablation != _material.Ablation) + NoiseShares.Length + Lengths.Length;

    /// <summary>The circuit under every change that applies.</summary>
    public static RobustnessEvidence Of(EvidenceMaterial material)
    {
        var robustness = new Robustness(material);
        var steps = robustness.Measure();
        return new RobustnessEvidence { Rows = [.. robustness._rows], Steps = steps, LeftOut = [.. robustness._leftOut], Runs = robustness._runs };
    }

    private int Measure()
    {
        var (retraining, obstacle) = _material.Request.Task == TaskRequest.EveryInput ? (null, "the task is every input of the model, in no groups") : _material.Again;
        _rows.Add(new RobustnessRow(RobustnessKind.Unchanged, "", _evaluation.Row(_setting.Circuit, _setting.Measured)));
        HoldOut(RobustnessKind.Templates, "templates", retraining, obstacle, HeldOutGroups.Template, _ => null);
        if (_material.Request.Task == OtherNames.Task)
        {
            Rename();
        }
        else
        {
            HoldOut(RobustnessKind.Names, "names", retraining, obstacle, HeldOutGroups.Name, HeldOutGroups.CorruptedName);
        }

        foreach (var ablation in Ablations.Where(ablation => ablation != _material.Ablation))
        {
            OnBench(_material.Bench.Model, ablation, RobustnessKind.Ablation, $"{_material.Ablation} in place, {ablation} here".ToLowerInvariant());
        }

        foreach (var share in NoiseShares)
        {
            using var noisy = ModelVariant.WithNoise(_material.Bench.Model, share, _setting.Seed);
            OnBench(noisy, _material.Ablation, RobustnessKind.Noise, string.Create(CultureInfo.InvariantCulture, $"noise, σ {share} of the embeddings' RMS"));
        }

        Lengthen();
        return _rows.Any(row => row.Retrained) ? retraining!.Steps : 0;
    }

    private void HoldOut(
        RobustnessKind kind, string words, Retraining? retraining, string? obstacle, Func<EncodedPair, string?> group, Func<EncodedPair, string?> also)
    {
        var held = retraining is null ? null : HeldOutGroups.Of(retraining.Task.Train, _setting.Pairs, group, also, _setting.Seed);
        if (held is null)
        {
            _leftOut.Add($"robustness to other {words} left out: {obstacle ?? $"the task's pairs are in no groups by {words} of which some could be held out of training"}");
            return;
        }

        var circuit = retraining!.Train(held.Train, $"without {held.HeldOutCount} of {held.Groups} {words}");
        foreach (var (positions, which) in new[] { (held.Kept, $"{held.Groups - held.HeldOutCount} {words} trained on"), (held.HeldOut, $"{held.HeldOutCount} {words} held out") })
        {
            _rows.Add(new RobustnessRow(kind, $"{which}: the circuit", _evaluation.Row(_setting.Circuit, Array.ConvertAll(positions, i => _setting.Measured[i]))));
            Run(kind, $"{which}: trained without", circuit, [.. positions.Select(i => _setting.Pairs[i])], retrained: true);
        }
    }

    private void Rename()
    {
        ImmutableArray<EncodedPair> pairs;
        try
        {
            pairs = OtherNames.Of(_material.Bench.Model, _setting.Pairs.Count, _setting.Seed);
        }
        catch (NodalException fault)
        {
            _leftOut.Add($"robustness to other names left out: {fault.Finding}");
            return;
        }

        Run(RobustnessKind.Names, "names of another list", _setting.Circuit, pairs);
    }

    private void Lengthen()
    {
        if (LongerPrompts.Obstacle(_material.Bench.Model) is { } obstacle)
        {
            _leftOut.Add($"robustness to longer prompts left out: {obstacle}");
            return;
        }

        foreach (var sentences in Lengths)
        {
            var longer = LongerPrompts.Of(_setting.Pairs, sentences, _material.Bench.Model);
            Run(RobustnessKind.Length, $"{sentences} {(sentences == 1 ? "sentence" : "sentences")} before the prompt", _setting.Circuit, longer);
        }
    }

    private void OnBench(LoadedModel model, AblationKind ablation, RobustnessKind kind, string change)
    {
        using var bench = Workbench.Of(model, _material.Bench.Task, ablation, _setting.Layout, _material.Positions, _material.Run);
        Run(kind, change, _setting.Circuit, _setting.Pairs, bench.Runner);
    }

    private void Run(RobustnessKind kind, string change, NodeSet circuit, IReadOnlyList<EncodedPair> pairs, ICircuitRunner? runner = null, bool retrained = false)
    {
        if (pairs.Count == 0)
        {
            _leftOut.Add($"{change} left out: no pair fits the model");
            return;
        }

        _runs++;
        _setting.Progress?.Report(new EvidenceProgress(EvidencePart.Robustness, _runs, MostRuns));
        var metrics = (runner ?? _setting.Runner).Measure([circuit], pairs, _setting.Cancellation)[0];
        _rows.Add(new RobustnessRow(kind, change, _evaluation.Row(circuit, metrics), retrained));
    }
}
