using System.Collections.Immutable;
using Nodal.Models;
using Nodal.Tasks;
using TorchSharp;
using static TorchSharp.torch;

namespace Nodal.Patching;

/// <summary>What the gradient of a step is taken of, at the answer position: KL(full ‖ gated) alone, or with a term of the logit difference.</summary>
/// <remarks>
/// L = k · KL + m · max(0, margin − D) + w · D, with D the logit difference: log Σ exp over the answers' logits less the same of the foils' (Wang et al. 2022, arXiv 2211.00593, where
/// each is one token). KL over one output is 0 whatever it is: for a model with one, its place is taken by the squared error, (logit − full logit)², half of which is the KL of two normal
/// distributions of variance 1 around the two numbers; where there are no foils, D is the answers' sum alone. The margin term and KL over the choices alone are those of multi-granular node pruning (arXiv 2512.10903).
/// </remarks>
internal sealed record AnswerLoss
{
    /// <summary>KL alone.</summary>
    public static AnswerLoss Divergence { get; } = new();

    /// <summary>k, weight of KL, or of the squared error of a model with one output; default 1.</summary>
    public double KlWeight { get; init; } = 1;

    /// <summary>Whether KL is between the distributions over answers and foils alone, each normalised anew; default no. Of one output there is nothing to normalise.</summary>
    public bool AmongChoices { get; init; }

    /// <summary>m, weight of the margin term; default 0.</summary>
    public double MarginWeight { get; init; }

    /// <summary>Logit difference from which on the margin term is 0; default 0.</summary>
    public double Margin { get; init; }

    /// <summary>w, weight of the logit difference itself; default 0.</summary>
    public double LogitDifferenceWeight { get; init; }

    /// <summary>Whether anything but KL counts.</summary>
    public bool UsesLogitDifference => MarginWeight != 0 || LogitDifferenceWeight != 0;

    /// <summary>Mean loss and mean KL (or squared error) of a batch, nats, in the caller's dispose scope.</summary>
    /// <param name="pairs">(b).</param>
    /// <param name="full">(b, v): of the full model, <see cref="PlainEngine.Reference"/>.</param>
    /// <param name="logits">(b, v): of the gated model.</param>
    public (Tensor Loss, Tensor Kl) Of(IReadOnlyList<EncodedPair> pairs, Tensor full, Tensor logits)
    {
        var kl = (AmongChoices && logits.shape[^1] > 1 ? ChoiceDivergences(pairs, full, logits) : PlainEngine.Divergences(full, logits)).mean();
        using var klWeight = KlWeight.ToScalar();
        var loss = kl.mul(klWeight);
        if (UsesLogitDifference)
        {
            using var margin = Margin.ToScalar();
            using var marginWeight = MarginWeight.ToScalar();
            using var differenceWeight = LogitDifferenceWeight.ToScalar();
            var difference = stack([.. pairs.Select((pair, row) => LogSum(logits[row], pair.Answers).Minus(LogSum(logits[row], pair.Foils)))]);   // (b)
            loss = loss.Plus(difference.neg().Plus(margin).relu().mean().mul(marginWeight)).Plus(difference.mean().mul(differenceWeight));
        }

        return (loss, kl);
    }

    private static Tensor ChoiceDivergences(IReadOnlyList<EncodedPair> pairs, Tensor full, Tensor logits) => stack([.. pairs.Select((pair, row) =>
    {
        var choices = Ids([.. pair.Answers, .. pair.Foils]);
        return PlainEngine.Divergences(full[row][choices].log_softmax(-1), logits[row][choices]);
    })]);

    private static Tensor LogSum(Tensor logits, ImmutableArray<int> ids) => ids.IsEmpty ? zeros([], dtype: logits.dtype) : logits[Ids(ids)].logsumexp(0);

    private static Tensor Ids(ImmutableArray<int> ids) => tensor(ids.Select(id => (long)id).ToArray());
}
