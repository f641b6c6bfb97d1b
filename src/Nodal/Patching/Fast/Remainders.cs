using System.Collections.Immutable;
using Nodal.Models;

namespace Nodal.Patching.Fast;

/// <summary>What open blocks write beyond their nodes' outputs, where the ablation takes it from closed ones (<see cref="AblatedLayer.AttentionRemainder"/>).</summary>
internal sealed unsafe class Remainders
{
    private readonly float[]?[] _attention;
    private readonly float[]?[] _mlp;

    public Remainders(ImmutableArray<AblatedLayer> layers) => (_attention, _mlp) =
        ([.. layers.Select(layer => Values(layer.AttentionRemainder))], [.. layers.Select(layer => Values(layer.MlpRemainder))]);

    private Remainders(int layers) => (_attention, _mlp) = (new float[]?[layers], new float[]?[layers]);

    /// <summary>Of an ablation that leaves nothing.</summary>
    public static Remainders None(int layers) => new(layers);

    /// <summary>A model's output biases.</summary>
    public static Remainders Biases(Transformer model)
    {
        var biases = new Remainders(model.Config.Layers);
        for (var layer = 0; layer < biases.Layers; layer++)
        {
            biases._attention[layer] = Values(model.AttentionOutputBias(layer));
            biases._mlp[layer] = Values(model.MlpOutputBias(layer));
        }

        return biases;
    }

    public int Layers => _attention.Length;

    /// <summary>(d), or <see langword="null"/> for nothing.</summary>
    public float[]? Attention(int layer) => _attention[layer];

    /// <inheritdoc cref="Attention"/>
    public float[]? Mlp(int layer) => _mlp[layer];

    private static float[]? Values(TorchSharp.torch.Tensor? tensor)
    {
        if (tensor is null)
        {
            return null;
        }

        using var values = new FloatTensor(tensor);
        return new ReadOnlySpan<float>(values.Data, values.Columns).ToArray();
    }
}
