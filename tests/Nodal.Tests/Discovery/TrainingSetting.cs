using Nodal.Discovery;
using Nodal.Gates;
using Nodal.Models;
using Nodal.Patching;
using Nodal.Runtime;
using Nodal.Tasks;
using Nodal.Tests.Models;
using Nodal.Tests.Patching;

namespace Nodal.Tests.Discovery;

/// <summary>A tiny model with a pool of random pairs of two lengths, ready to train on.</summary>
internal sealed class TrainingSetting : IDisposable
{
    private readonly CounterfactualAblation _ablation;

    public TrainingSetting(string name, bool wholeLayout = false)
    {
        Model = TinyModels.Make(name);
        Layout = new GateLayout(Model.Config, wholeLayout ? Enum.GetValues<Granularity>() : []);
        _ablation = new CounterfactualAblation(Model);
        Pairs = [.. TinyPairs.Make(Model.Config, count: 5, length: 6), .. TinyPairs.Make(Model.Config, count: 3, length: 4)];
        var preparation = new PairPreparation(Model, _ablation);
        Runner = new PlainCircuitRunner(Model, preparation);
        Engine = new PlainEngine(Model, Layout);
        var loss = new PlainGateGradient(new PairPool(Model, preparation, Pairs, long.MaxValue), Engine, new Workers(1));
        Loss = wholeLayout ? new FoldedLayers(loss, Layout) : loss;
    }

    public Transformer Model { get; }

    public GateLayout Layout { get; }

    public EncodedPair[] Pairs { get; }

    public PlainCircuitRunner Runner { get; }

    public PlainEngine Engine { get; }

    public IGateGradient Loss { get; }

    public RankingTrainer Trainer(RankingOptions options, params Granularity[] trained) =>
        new(Layout, Loss, options, TimeProvider.System, trained.Length == 0 ? null : trained);

    public void Dispose()
    {
        Loss.Dispose();
        _ablation.Dispose();
        Model.Dispose();
    }
}
