using System.Globalization;
using Nodal.Circuits;
using Nodal.Evaluation;
using Nodal.Evaluation.Evidence;
using Nodal.Patching;

namespace Nodal.Runs.Evidence;

/// <summary>Makes <see cref="ControlsEvidence"/>.</summary>
/// <remarks>
/// Runs: as many random circuits as were asked for, unless the tests have run them, on the first of the pairs; on all pairs one of the largest weights, and three that are trained. Where the circuit leaves nothing
/// to draw, so that all random circuits are the circuit itself, they are no controls, nor are the largest weights where they are the same circuit again.
/// </remarks>
internal static class Controls
{
    /// <param name="material">What they are made from.</param>
    /// <param name="tested">Tests of the same circuit, whose random circuits are taken.</param>
    public static ControlsEvidence Of(EvidenceMaterial material, HypothesesEvidence? tested)
    {
        var setting = material.Setting;
        var (retraining, obstacle) = material.Again;
        var trained = retraining is null ? [] : Trained(material, retraining);
        var run = setting.Begin(EvidencePart.Controls, (tested is null ? setting.RandomCircuits : 0) + 1 + trained.Length);
        var random = tested is null ? Hypotheses.Sufficiency(setting, run) : tested.Sufficiency;
        var largest = MagnitudeCircuit.Like(setting.Circuit, material.Bench.Model.Transformer);
        var same = random is null && largest.SameAs(setting.Circuit);
        var (rows, again) = Rows(setting, run, same ? trained : [(ControlKind.Magnitude, largest), .. trained]);
        double?[] shares = random is null ? [] : Shares(setting, random, run.Searched.Count);
        var close = random is null ? 0 : shares.Zip(random.Random).Count(other => ControlRow.IsClose(other.First, other.Second, random.Kl));
        return new ControlsEvidence
        {
            Random = random,
            BestRandomShare = shares.Max(),
            BestRandomInterval = random is null ? null : Spread(setting, random.Nearest),
            CloseRandom = close,
            ComparedPairs = run.Searched.Count,
            Rows = [.. rows],
            Steps = retraining?.Steps ?? 0,
            RunSteps = retraining?.Options.Steps ?? 0,
            Warnings =
            [
                .. RandomWarning(close, shares), .. TooShort(again, retraining?.Steps ?? 0, retraining?.Options.Steps ?? 0),
                .. rows.Where(row => row.Close).Select(row => Warning(row, again)),
            ],
            LeftOut =
            [
                .. new[]
                {
                    random is null ? Hypotheses.NoOthers(setting) : null,
                    same ? "the largest weights left out: the circuit of as many nodes of each granularity in each layer that has them is the circuit itself" : null,
                    obstacle is null ? null : $"controls with training left out: {obstacle}",
                }.OfType<string>(),
            ],
            Runs = run.Count,
        };
    }

    /// <summary>What to know where the run again falls short of the circuit: controls trained for as many steps may fall short for that reason alone.</summary>
    /// <param name="again">Share of the run again.</param>
    /// <param name="steps">Steps that it had; 0 of a method that has none.</param>
    /// <param name="runSteps">Steps of the run.</param>
    internal static string[] TooShort(double? again, int steps, int runSteps) => again is not { } share || share >= ControlRow.CloseShare ? [] :
    [
        string.Create(
            CultureInfo.InvariantCulture,
            $"the run again{(steps == 0 ? "" : $", in {steps} steps,")} has {share:0.00} of the circuit's faithfulness: trained controls say little{(steps < runSteps ? "; give more --control-steps" : "")}"),
    ];

    private static (ControlKind Kind, NodeSet Circuit)[] Trained(EvidenceMaterial material, Retraining retraining)
    {
        var (pairs, seed) = (retraining.Task.Train, material.Setting.Seed);
        using var permuted = ModelVariant.WithPermutedBlocks(material.Bench.Model, seed);
        return
        [
            (ControlKind.Retrained, retraining.Train(pairs, "the run again")),
            (ControlKind.ShuffledAnswers, retraining.Train(ShuffledAnswers.Of(pairs, seed), "control on shuffled answers")),
            (ControlKind.PermutedWeights, retraining.Train(pairs, "control on permuted weights", permuted)),
        ];
    }

    /// <summary>The controls on all pairs, the trained ones beside the run again, and the share of that.</summary>
    private static (ControlRow[] Rows, double? Again) Rows(EvidenceSetting setting, PartRuns run, (ControlKind Kind, NodeSet Circuit)[] circuits)
    {
        var measured = run.Measure([.. circuits.Select(entry => entry.Circuit)]);
        var evaluation = new CircuitEvaluation(setting.Runner, setting.Layout, setting.Seed);
        var (own, allClosed) = (Kl(setting.Measured).Average(), Kl(setting.AllClosed).Average());
        var trained = Array.FindIndex(circuits, entry => entry.Kind == ControlKind.Retrained);
        var again = trained < 0 ? null : ControlRow.ShareOf(Kl(measured[trained]).Average(), own, allClosed);
        ControlRow Of(int i) =>
            ControlRow.Of(circuits[i].Kind, evaluation.Row(circuits[i].Circuit, measured[i]), own, allClosed, again) with { ShareInterval = Spread(setting, Kl(measured[i])) };
        return ([.. Enumerable.Range(0, circuits.Length).Select(Of)], again);
    }

    /// <summary>(random circuits): shares on the compared pairs.</summary>
    private static double?[] Shares(EvidenceSetting setting, RandomComparison random, int pairs)
    {
        var closed = Kl(setting.AllClosed)[..pairs].Average();
        return [.. random.Random.Select(kl => ControlRow.ShareOf(kl, random.Kl, closed))];
    }

    private static Interval? Spread(EvidenceSetting setting, double[] kl) =>
        ControlRow.IntervalOf(kl, Kl(setting.Measured)[..kl.Length], Kl(setting.AllClosed)[..kl.Length], setting.Seed);

    private static double[] Kl(PairMetrics[] metrics) => Array.ConvertAll(metrics, pair => pair.Kl);

    private static string[] RandomWarning(int close, double?[] shares) => close == 0 ? [] :
    [
        shares.Max() is { } best
            ? string.Create(CultureInfo.InvariantCulture, $"{close} of {shares.Length} random circuits of equal size come close to the circuit: the best has {best:0.00} of its faithfulness")
            : $"{close} of {shares.Length} random circuits of equal size are as faithful as the circuit",
    ];

    private static string Warning(ControlRow row, double? again)
    {
        var control = row.Kind switch
        {
            ControlKind.Magnitude => "the nodes with the largest weights",
            ControlKind.ShuffledAnswers => "a circuit trained on shuffled answers",
            _ => "a circuit trained on a model with permuted weights",
        };
        var beside = row.Kind != ControlKind.Magnitude && again is { } found ? string.Create(CultureInfo.InvariantCulture, $"; the run again has {found:0.00}") : "";
        return row.Share is { } share
            ? string.Create(CultureInfo.InvariantCulture, $"a control comes close to the circuit: {control} of equal size, with {share:0.00} of its faithfulness{beside}")
            : $"a control is as faithful as the circuit: {control} of equal size";
    }
}
