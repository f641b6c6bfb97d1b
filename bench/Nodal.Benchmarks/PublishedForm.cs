using Nodal.Gates;
using Nodal.Models;
using Nodal.Patching;
using Nodal.Runtime;
using Nodal.Tasks;
using static TorchSharp.torch;

namespace Nodal.Benchmarks;

/// <summary>A step as the published method takes it: both streams densely in every step, gradients by autograd. The baseline of all ratios.</summary>
/// <remarks>
/// <para>Multi-granular node pruning (arXiv 2512.10903) and what its released code does in a step:</para>
/// <code>
/// 1.  the corrupted prompts run beside the clean ones, in float32, in every step; their stream holds no gate and needs no gradient
/// 2.  at every node the clean stream goes on with g v + (1 − g) v^c: heads, attention neurons, attention block; hidden neurons, MLP outputs, MLP block
/// 3.  the LM head gives logits at all positions; KL(full ‖ gated) is taken from them at the answer position
/// 4.  GPT-2: the full model runs on the clean prompts in every step, for reference logits at all positions; Llama: they are computed once and kept
/// </code>
/// <para>
/// Everything around a step that costs next to nothing is left out: the draw of hard concrete gates, the sparsity and task losses, AdamW. Where the released code is
/// wasteful in a way that is no part of the method, this one is not: there is no second copy of the weights for the full model; the answer positions are taken from the logits in one operation, not pair by pair; activations
/// that autograd does not need are given back at once; attention is libtorch's fused one. Prompts are padded on the right: under causal attention nothing before the
/// padding sees it, so that no mask is needed and the answer position is the prompt's own last token. One graph holds the whole batch, and operations use libtorch's
/// own threads, as the published code does.
/// </para>
/// </remarks>
internal sealed class PublishedForm : IGateGradient
{
    private readonly Transformer _model;
    private readonly GateLayout _layout;
    private readonly int _threads;
    private readonly int? _padTo;
    private readonly Tensor? _reference;

    /// <param name="model">The model; stays the caller's.</param>
    /// <param name="pairs">The training pairs.</param>
    /// <param name="threads">libtorch's threads inside an operation.</param>
    /// <param name="padTo">Tokens every prompt is padded to; default: the longest prompt of the batch.</param>
    public PublishedForm(Transformer model, IReadOnlyList<EncodedPair> pairs, int threads, int? padTo = null)
    {
        (_model, Pairs, _threads, _padTo) = (model, pairs, threads, padTo);
        _layout = new GateLayout(model.Config);
        _reference = RunsFullModel(model.Config) ? null : KeptReference(model, pairs);
    }

    public IReadOnlyList<EncodedPair> Pairs { get; }

    /// <summary>Whether the full model's forward is part of every step.</summary>
    public static bool RunsFullModel(ModelConfig config) => config.Architecture == "gpt2";

    public double Step(int[] batch, GateValues gates, Span<double> gradient)
    {
        using var scope = NewDisposeScope();
        using var withGradient = enable_grad();
        TorchThreads.IntraOp = _threads;
        var prompts = new PaddedPrompts([.. batch.Select(pair => Pairs[pair])], _padTo);
        var tensors = new GateLeaves(_layout, gates.Values, _model.Precision);
        var divergence = PlainEngine.Divergences(Reference(batch, prompts), GatedLogits(prompts, tensors)).mean();
        divergence.backward();
        tensors.ReadGradient(gradient);
        return divergence.to(ScalarType.Float64).item<double>();
    }

    public void Dispose() => _reference?.Dispose();

    /// <summary>(b, v): the full model's log-probabilities at the answer position.</summary>
    private Tensor Reference(int[] batch, PaddedPrompts prompts)
    {
        if (_reference is not null)
        {
            return _reference.index_select(0, tensor(Array.ConvertAll(batch, pair => (long)pair)));
        }

        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        return prompts.AtAnswer(_model.Forward(prompts.Clean)).log_softmax(-1).MoveToOuterDisposeScope();
    }

    /// <summary>(b, v): logits at the answer position, from logits at all positions.</summary>
    private Tensor GatedLogits(PaddedPrompts prompts, GateLeaves gates)
    {
        using var scope = NewDisposeScope();
        var (x, beside) = (_model.Embed(prompts.Clean), _model.Embed(prompts.Corrupted));                 // (b, t, d)
        for (var layer = 0; layer < _model.Config.Layers; layer++)
        {
            (x, beside) = Attention(layer, gates, x, beside);
            (x, beside) = Mlp(layer, gates, x, beside);
        }

        return prompts.AtAnswer(_model.Logits(x)).MoveToOuterDisposeScope();
    }

    private (Tensor Clean, Tensor Corrupted) Attention(int layer, GateLeaves gates, Tensor x, Tensor beside)
    {
        using var scope = NewDisposeScope();
        var corruptedHeads = _model.HeadResults(layer, beside);                                           // (b, t, z)
        var corrupted = _model.AttentionOutput(layer, corruptedHeads);                                    // (b, t, d)
        var heads = Mix(gates.Heads(layer), _model.HeadResults(layer, x), corruptedHeads);
        heads = Mix(gates.Of(Granularity.AttentionNeuron, layer), heads, corruptedHeads);
        var written = Mix(gates.Of(Granularity.AttentionBlock, layer), _model.AttentionOutput(layer, heads), corrupted);
        return ((x + written).MoveToOuterDisposeScope(), (beside + corrupted).MoveToOuterDisposeScope());
    }

    private (Tensor Clean, Tensor Corrupted) Mlp(int layer, GateLeaves gates, Tensor x, Tensor beside)
    {
        using var scope = NewDisposeScope();
        var corruptedHidden = _model.Hidden(layer, beside);                                               // (b, t, h)
        var corrupted = _model.MlpOutput(layer, corruptedHidden);                                         // (b, t, d)
        var hidden = Mix(gates.Of(Granularity.MlpHidden, layer), _model.Hidden(layer, x), corruptedHidden);
        var written = Mix(gates.Of(Granularity.MlpOutput, layer), _model.MlpOutput(layer, hidden), corrupted);
        written = Mix(gates.Of(Granularity.MlpBlock, layer), written, corrupted);
        return ((x + written).MoveToOuterDisposeScope(), (beside + corrupted).MoveToOuterDisposeScope());
    }

    /// <summary>g v + (1 − g) v^c.</summary>
    /// <param name="gate">Broadcast over the last dimension.</param>
    /// <param name="value">(b, t, …).</param>
    /// <param name="corrupted">(b, t, …).</param>
    private static Tensor Mix(Tensor gate, Tensor value, Tensor corrupted)
    {
        using var scope = NewDisposeScope();
        return ((gate * value) + ((1 - gate) * corrupted)).MoveToOuterDisposeScope();
    }

    private static Tensor KeptReference(Transformer model, IReadOnlyList<EncodedPair> pairs)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var parts = pairs.Chunk(32).Select(chunk =>
        {
            using var inner = NewDisposeScope();
            var prompts = new PaddedPrompts(chunk, padTo: null);
            return prompts.AtAnswer(model.Stream(prompts.Clean)).MoveToOuterDisposeScope();
        });
        return model.Logits(cat([.. parts])).log_softmax(-1).DetachFromDisposeScope();
    }
}
