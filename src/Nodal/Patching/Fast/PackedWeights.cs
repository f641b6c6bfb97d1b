using System.Collections.Immutable;
using Nodal.Models;
using static TorchSharp.torch;

namespace Nodal.Patching.Fast;

/// <summary>All frozen weights as the fast engine reads them; a copy of the model's own.</summary>
internal sealed class PackedWeights<T> : IDisposable
    where T : unmanaged, IElement<T>
{
    private readonly Arena<T> _memory = new();

    public PackedWeights(Transformer model, EngineShape shape)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var packer = new WeightPacker<T>(_memory, shape);
        _memory.Reset(Elements(shape));
        Layers = [.. model.Weights.Layers.Select(packer.Pack)];
        Head = packer.Rows(model.Weights.Head.Weight);
    }

    public ImmutableArray<PackedLayer<T>> Layers { get; }

    /// <summary>(v, d'): the LM head.</summary>
    public Matrix<T> Head { get; }

    /// <summary>Elements of memory it takes.</summary>
    public static long Elements(EngineShape shape) =>
        (shape.Config.Layers * WeightPacker<T>.LayerElements(shape)) + Arena<T>.Needed(shape.Config.OutputSize, shape.Width);

    public void Dispose() => _memory.Dispose();
}
