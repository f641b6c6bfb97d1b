using static TorchSharp.torch;

namespace Nodal.Patching;

/// <summary>What one layer looks like when every gate is closed. Shapes may be broadcast (1 stands for b or t where the values agree); of constants they are (c, …), one row for each class of positions.</summary>
internal sealed record AblatedLayer
{
    /// <summary>(b, t, d): the residual stream before the attention block.</summary>
    public required Tensor StreamBeforeAttention { get; init; }

    /// <summary>(b, t, z): ablated head results.</summary>
    public required Tensor Heads { get; init; }

    /// <summary>(d): what an open attention block writes beyond its projected head results, or <see langword="null"/> for nothing.</summary>
    public Tensor? AttentionRemainder { get; init; }

    /// <summary>(b, t, d): the residual stream before the MLP block.</summary>
    public required Tensor StreamBeforeMlp { get; init; }

    /// <summary>(b, t, h): ablated hidden activations.</summary>
    public required Tensor Hidden { get; init; }

    /// <summary>(d): what an open MLP output writes beyond its projected hidden activations, or <see langword="null"/> for nothing.</summary>
    public Tensor? MlpRemainder { get; init; }

    /// <summary>The same, of some rows of the batch.</summary>
    /// <param name="rows">(n) int64.</param>
    public AblatedLayer Select(Tensor rows) => this with
    {
        StreamBeforeAttention = StreamBeforeAttention.index_select(0, rows),
        Heads = Heads.index_select(0, rows),
        StreamBeforeMlp = StreamBeforeMlp.index_select(0, rows),
        Hidden = Hidden.index_select(0, rows),
    };

    /// <summary>Its tensors but for the remainders, which are the model's own biases.</summary>
    public IEnumerable<Tensor> Tensors() => [StreamBeforeAttention, Heads, StreamBeforeMlp, Hidden];

    /// <summary>The same layer of several batches as one.</summary>
    public static AblatedLayer Concat(IReadOnlyList<AblatedLayer> parts) => parts[0] with
    {
        StreamBeforeAttention = cat([.. parts.Select(part => part.StreamBeforeAttention)]),
        Heads = cat([.. parts.Select(part => part.Heads)]),
        StreamBeforeMlp = cat([.. parts.Select(part => part.StreamBeforeMlp)]),
        Hidden = cat([.. parts.Select(part => part.Hidden)]),
    };
}
