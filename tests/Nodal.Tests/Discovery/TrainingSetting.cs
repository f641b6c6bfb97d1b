using Nodal.Discovery;
using Nodal.Gates;
using Nodal.Models;
using Nodal.Patching;
using Nodal.Tasks;
using Nodal.Tests.Models;
using Nodal.Tests.Patching;

namespace Nodal.Tests.Discovery;

/// <summary>A tiny model with a pool of random pairs of two lengths, ready to train on.</summary>
internal sealed class TrainingSetting : IDisposable
{
    private readonly CounterfactualAblation _ablation;

    public TrainingSetting(string name)
    {
        Model = TinyModels.Make(name);
        Layout = new GateLayout(Model.Config);
        _ablation = new CounterfactualAblation(Model);
        Pairs = [.. TinyPairs.Make(Model.Config, count: 5, length: 6), .. TinyPairs.Make(Model.Config, count: 3, length: 4)];
        var preparation = new PairPreparation(Model, _ablation);
        Runner = new CircuitRunner(Model, preparation);
        Pool = new PairPool(Model, preparation, Pairs, long.MaxValue);
    }

    public Transformer Model { get; }

    public GateLayout Layout { get; }

    public EncodedPair[] Pairs { get; }

    public CircuitRunner Runner { get; }

    public PairPool Pool { get; }

    public RankingTrainer Trainer(RankingOptions options) => new(Layout, new PlainEngine(Model, Layout), options, TimeProvider.System);

    public void Dispose()
    {
        Pool.Dispose();
        _ablation.Dispose();
        Model.Dispose();
    }
}
