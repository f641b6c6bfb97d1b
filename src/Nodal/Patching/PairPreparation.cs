using System.Collections.Immutable;
using Nodal.Models;
using Nodal.Tasks;
using static TorchSharp.torch;

namespace Nodal.Patching;

/// <summary>Runs what holds no gate: the full model on the clean prompts and the ablated model.</summary>
internal sealed class PairPreparation(Transformer model, IAblation ablation)
{
    /// <summary>Whether the ablated run depends on the pair.</summary>
    public bool PerPair => ablation.PerPair;

    /// <summary>The ablation, where its constants are trained along with the gates.</summary>
    public ConstantAblation? Learned => ablation is ConstantAblation { Trained: true } constants ? constants : null;

    /// <summary>Pairs of one length and answer position, prepared, in the caller's dispose scope.</summary>
    public PreparedBatch Prepare(IReadOnlyList<EncodedPair> pairs)
    {
        using var noGradient = no_grad();
        return new PreparedBatch
        {
            Pairs = [.. pairs],
            Ablated = Ablated(pairs),
            FullLogProbabilities = pairs.Any(pair => pair.AnswerOf is not null)
                ? cat([.. pairs.Select(pair => FullLogProbabilities([pair.AnswerOf ?? pair], answered => answered.Clean))])
                : FullLogProbabilities(pairs, pair => pair.Clean),
        };
    }

    /// <summary>The ablated run of pairs of one length and answer position, in the caller's dispose scope.</summary>
    public AblatedRun Ablated(IReadOnlyList<EncodedPair> pairs)
    {
        using var noGradient = no_grad();
        return ablation.Run(TokenTensors.Of(pairs, pair => pair.Clean), TokenTensors.Of(pairs, pair => pair.Corrupted), pairs[0].AnswerPosition);
    }

    /// <summary>What the full model says at the answer position of one side of the pairs (<see cref="PreparedBatch.FullLogProbabilities"/>).</summary>
    /// <returns>(b, v), in the caller's dispose scope.</returns>
    public Tensor FullLogProbabilities(IReadOnlyList<EncodedPair> pairs, Func<EncodedPair, ImmutableArray<int>> side)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var x = model.Stream(TokenTensors.Of(pairs, side));              // (b, t, d)
        return PlainEngine.Reference(model.Logits(x.select(1, pairs[0].AnswerPosition))).MoveToOuterDisposeScope();
    }
}
