using Nodal.Gates;

namespace Nodal.Patching.Fast;

/// <summary>Finds what is open of each layer and gathers its weights: the cost of a step follows from what it returns.</summary>
/// <remarks>Gates that are not live have neither output nor gradient, so leaving them out changes nothing. A layer of which all is open is not copied.</remarks>
internal sealed class Compactor<T> : IDisposable
    where T : unmanaged, IElement<T>
{
    private readonly PackedWeights<T> _weights;
    private readonly AttentionCompactor<T> _attention;
    private readonly MlpCompactor<T> _mlp;
    private readonly Arena<T>[] _arenas;

    public Compactor(PackedWeights<T> weights, EngineShape shape, GateLayout layout)
    {
        _weights = weights;
        _attention = new AttentionCompactor<T>(shape, layout);
        _mlp = new MlpCompactor<T>(shape, layout);
        _arenas = [.. weights.Layers.Select(_ => new Arena<T>())];
    }

    /// <summary>The layer under these gates; its weights live until it is asked for again.</summary>
    /// <param name="layer">0-based; different layers may be asked for at the same time.</param>
    /// <param name="gates">The gates.</param>
    public LayerPlan<T> Plan(int layer, GateValues gates)
    {
        var packed = _weights.Layers[layer];
        var arena = _arenas[layer];
        arena.Reset(AttentionCompactor<T>.Elements(packed) + MlpCompactor<T>.Elements(packed));
        return new LayerPlan<T>(_attention.Plan(layer, gates, packed, arena), _mlp.Plan(layer, gates, packed, arena));
    }

    public void Dispose()
    {
        foreach (var arena in _arenas)
        {
            arena.Dispose();
        }
    }
}
