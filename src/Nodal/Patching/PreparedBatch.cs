using System.Collections.Immutable;
using Nodal.Tasks;
using static TorchSharp.torch;

namespace Nodal.Patching;

/// <summary>Pairs of one length and answer position with all that holds no gate: their ablated run and the full model's answer.</summary>
internal sealed record PreparedBatch
{
    /// <summary>The pairs, in the order of the rows.</summary>
    public required ImmutableArray<EncodedPair> Pairs { get; init; }

    /// <summary>The run with every gate closed.</summary>
    public required AblatedRun Ablated { get; init; }

    /// <summary>(b, v): the full model's log-probabilities at the answer position; (b, 1), the output itself, of a model with one.</summary>
    public required Tensor FullLogProbabilities { get; init; }

    /// <summary>The same, of some rows; constants of the ablation are shared.</summary>
    public PreparedBatch Select(int[] rows)
    {
        using var index = tensor(Array.ConvertAll(rows, row => (long)row));
        return new PreparedBatch
        {
            Pairs = [.. rows.Select(row => Pairs[row])],
            Ablated = Ablated.Select(index),
            FullLogProbabilities = FullLogProbabilities.index_select(0, index),
        };
    }

    /// <summary>The tensors that belong to this batch.</summary>
    public IEnumerable<Tensor> Tensors() => Ablated.Tensors().Append(FullLogProbabilities);

    /// <summary>Batches of one length and answer position as one, in the current dispose scope.</summary>
    public static PreparedBatch Concat(IReadOnlyList<PreparedBatch> parts) => new()
    {
        Pairs = [.. parts.SelectMany(part => part.Pairs)],
        Ablated = AblatedRun.Concat([.. parts.Select(part => part.Ablated)]),
        FullLogProbabilities = cat([.. parts.Select(part => part.FullLogProbabilities)]),
    };
}
