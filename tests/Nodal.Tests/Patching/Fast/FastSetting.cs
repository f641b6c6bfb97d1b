using Nodal.Gates;
using Nodal.Models;
using Nodal.Patching;
using Nodal.Patching.Fast;
using Nodal.Runtime;
using Nodal.Tasks;
using Nodal.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Nodal.Tests.Patching.Fast;

/// <summary>A tiny model in float64 with pairs of several lengths, first differences and answer positions, its plain gradient and a fast one.</summary>
internal sealed class FastSetting : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly IAblation _ablation;
    private readonly PairPreparation _preparation;
    private readonly AnswerLoss _loss;

    public FastSetting(string model, AblationKind ablation = AblationKind.Counterfactual, AnswerLoss? loss = null, bool wholeLayout = false, MeanPositions positions = MeanPositions.Classes)
    {
        _loss = loss ?? AnswerLoss.Divergence;
        Model = TinyModels.Make(model);
        Layout = new GateLayout(Model.Config, wholeLayout ? Enum.GetValues<Granularity>() : []);
        Pairs = [.. TinyPairs.Make(Model.Config, 12, length: 6), .. TinyPairs.Make(Model.Config, 8, length: 9).Select((pair, i) => SameUntil(pair, i % 4) with { AnswerPosition = 8 - (i % 3) }), .. TinyPairs.Make(Model.Config, 12, length: 4)];
        _ablation = Ablations.Make(ablation, Model, TinyPairs.Corrupted([.. Pairs.Where(pair => pair.Length == 6)]), positions);
        _preparation = new PairPreparation(Model, _ablation);
        Plain = new PlainGateGradient(new PairPool(Model, _preparation, Pairs, long.MaxValue), new PlainEngine(Model, Layout) { Loss = _loss }, new Workers(1), _preparation.Learned);
    }

    public Transformer Model { get; }

    public GateLayout Layout { get; }

    public EncodedPair[] Pairs { get; }

    public int[] Everything => [.. Enumerable.Range(0, Pairs.Length)];

    public PlainGateGradient Plain { get; }

    /// <summary>The largest gradient of a gate when all are half open.</summary>
    public double LargestHalfOpenGradient
    {
        get
        {
            var gradient = new double[Layout.Count];
            Plain.Step(Everything, Enumerable.Repeat(0.5, Layout.Count).ToArray(), gradient);
            return gradient.Max(Math.Abs);
        }
    }

    public FastGateGradient<T> Fast<T>(bool keep = true, int workers = 1, string? file = null)
        where T : unmanaged, IElement<T>
    {
        var threads = new Workers(workers);
        var engine = new FastEngine<T>(Model, Layout, threads) { Loss = _loss };
        var runs = new UngatedRuns<T>(Model, engine, _preparation, Pairs[0]);
        return new FastGateGradient<T>(engine, runs, Pairs, !keep ? null : file is null ? new ActivationMemory(runs.Bytes(Pairs)) : new ActivationMemory(runs.Bytes(Pairs), file), threads);
    }

    public void Dispose()
    {
        Plain.Dispose();
        _ablation.Dispose();
        Model.Dispose();
        _scope.Dispose();
    }

    private static EncodedPair SameUntil(EncodedPair pair, int token) => pair with { Corrupted = [.. pair.Clean.Take(token), .. pair.Corrupted.Skip(token)] };
}
