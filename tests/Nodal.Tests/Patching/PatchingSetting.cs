using Nodal.Gates;
using Nodal.Models;
using Nodal.Patching;
using Nodal.Tests.Gates;
using Nodal.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Nodal.Tests.Patching;

/// <summary>A tiny model with a prepared batch of random pairs.</summary>
internal sealed class PatchingSetting : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly IAblation _ablation;

    public PatchingSetting(string name, AblationKind kind, ScalarType precision = ScalarType.Float64, bool wholeLayout = false, MeanPositions positions = MeanPositions.All)
    {
        Model = TinyModels.Make(name, precision);
        Layout = new GateLayout(Model.Config, wholeLayout ? Enum.GetValues<Granularity>() : []);
        Engine = new PlainEngine(Model, Layout);
        var pairs = TinyPairs.Make(Model.Config, count: 4);
        (Clean, Corrupted) = (TinyPairs.Clean(pairs), TinyPairs.Corrupted(pairs));
        _ablation = Ablations.Make(kind, Model, Corrupted, positions);
        Batch = new PairPreparation(Model, _ablation).Prepare(pairs);
    }

    public Transformer Model { get; }

    public GateLayout Layout { get; }

    public PlainEngine Engine { get; }

    public Tensor Clean { get; }

    public Tensor Corrupted { get; }

    public PreparedBatch Batch { get; }

    /// <summary>Fractional, hard, open and closed gates.</summary>
    public double[][] SomeGates()
    {
        var soft = RandomGates.Fixed(Layout.Count, seed: 7);
        return [soft, Array.ConvertAll(soft, gate => gate > 0.3 ? 1.0 : 0.0), Array.ConvertAll(soft, _ => 1.0), new double[soft.Length]];
    }

    public void Dispose()
    {
        _ablation.Dispose();
        Model.Dispose();
        _scope.Dispose();
    }
}
