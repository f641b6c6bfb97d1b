using Nodal.Models;
using Nodal.Tasks;
using static TorchSharp.torch;

namespace Nodal.Patching.Fast;

/// <summary>Runs the full model on clean prompts.</summary>
internal sealed unsafe class FullAnswers(Transformer model)
{
    private readonly NormKernel _norm = new(model.Config);

    /// <summary>Its answer to each of some pairs of one length and answer position.</summary>
    public FullAnswer[] Of(EncodedPair[] pairs)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var stream = model.Stream(TokenTensors.Of(pairs, pair => pair.Clean));
        var last = stream.select(1, pairs[0].AnswerPosition);             // (b, d)
        using var logs = new FloatTensor(PlainEngine.Reference(model.Logits(last)));
        using var rows = new FloatTensor(last);
        var answers = new FullAnswer[pairs.Length];
        for (var pair = 0; pair < answers.Length; pair++)
        {
            var normed = new float[Lanes.Pad(rows.Columns)];
            new ReadOnlySpan<float>(rows.Row(pair), rows.Columns).CopyTo(normed);
            fixed (float* x = normed)
            {
                _norm.Normalize(x);
            }

            answers[pair] = new FullAnswer(new ReadOnlySpan<float>(logs.Row(pair), logs.Columns).ToArray(), normed);
        }

        return answers;
    }
}
