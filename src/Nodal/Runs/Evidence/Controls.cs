using System.Globalization;
using Nodal.Circuits;
using Nodal.Evaluation;
using Nodal.Evaluation.Evidence;
using Nodal.Patching;

namespace Nodal.Runs.Evidence;

/// <summary>Makes <see cref="ControlsEvidence"/>.</summary>
/// <remarks>Runs: as many random circuits as were asked for, unless the tests have run them, on the first of the pairs; on all pairs one of the largest weights, and three that are trained.</remarks>
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
        var random = tested?.Sufficiency ?? Hypotheses.Sufficiency(setting, run);
        (ControlKind Kind, NodeSet Circuit)[] circuits = [(ControlKind.Magnitude, MagnitudeCircuit.Like(setting.Circuit, material.Bench.Model.Transformer)), .. trained];
        var measured = run.Measure([.. circuits.Select(entry => entry.Circuit)]);
        var evaluation = new CircuitEvaluation(setting.Runner, setting.Layout, setting.Seed);
        var (own, allClosed) = (Kl(setting.Measured), Kl(setting.AllClosed));
        Interval? Spread(double[] kl) => ControlRow.IntervalOf(kl, own[..kl.Length], allClosed[..kl.Length], setting.Seed);
        ControlRow[] rows =
        [
            .. circuits.Select((entry, i) => ControlRow.Of(entry.Kind, evaluation.Row(entry.Circuit, measured[i]), own.Average(), allClosed.Average()) with { ShareInterval = Spread(Kl(measured[i])) }),
        ];
        var closed = allClosed[..run.Searched.Count].Average();
        double?[] shares = [.. random.Random.Select(kl => ControlRow.ShareOf(kl, random.Kl, closed))];
        var close = shares.Zip(random.Random, (share, kl) => share >= ControlRow.CloseShare || (share is null && kl <= random.Kl)).Count(isClose => isClose);
        return new ControlsEvidence
        {
            Random = random,
            BestRandomShare = shares.Max(),
            BestRandomInterval = Spread(random.Nearest),
            CloseRandom = close,
            ComparedPairs = run.Searched.Count,
            Rows = [.. rows],
            Steps = retraining?.Steps ?? 0,
            RunSteps = retraining?.Options.Steps ?? 0,
            Warnings = [.. RandomWarning(close, shares), .. rows.Where(row => row.Close).Select(Warning)],
            LeftOut = obstacle is null ? [] : [$"controls with training left out: {obstacle}"],
            Runs = run.Count,
        };
    }

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

    private static double[] Kl(PairMetrics[] metrics) => Array.ConvertAll(metrics, pair => pair.Kl);

    private static string[] RandomWarning(int close, double?[] shares) => close == 0 ? [] :
    [
        shares.Max() is { } best
            ? string.Create(CultureInfo.InvariantCulture, $"{close} of {shares.Length} random circuits of equal size come close to the circuit: the best has {best:0.00} of its faithfulness")
            : $"{close} of {shares.Length} random circuits of equal size are as faithful as the circuit",
    ];

    private static string Warning(ControlRow row)
    {
        var control = row.Kind switch
        {
            ControlKind.Magnitude => "the nodes with the largest weights",
            ControlKind.ShuffledAnswers => "a circuit trained on shuffled answers",
            _ => "a circuit trained on a model with permuted weights",
        };
        return row.Share is { } share
            ? string.Create(CultureInfo.InvariantCulture, $"a control comes close to the circuit: {control} of equal size, with {share:0.00} of its faithfulness")
            : $"a control is as faithful as the circuit: {control} of equal size";
    }
}
