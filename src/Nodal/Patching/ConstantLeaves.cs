using Nodal.Models;
using static TorchSharp.torch;

namespace Nodal.Patching;

/// <summary>Constants of closed nodes as leaves of autograd, and the ablated stream made from them.</summary>
internal sealed class ConstantLeaves
{
    private readonly ConstantLayout _layout;
    private readonly Tensor[] _heads;
    private readonly Tensor[] _hidden;
    private readonly ConstantStream _stream;

    /// <param name="model">The model.</param>
    /// <param name="constants">Of a learned ablation, whose closed blocks keep their biases.</param>
    public ConstantLeaves(Transformer model, NodeConstants constants)
    {
        _layout = constants.Layout;
        Tensor Leaf(Range span) => constants.Tensor(span, model.Precision).requires_grad_(true);
        _heads = [.. Enumerable.Range(0, model.Config.Layers).Select(layer => Leaf(_layout.Heads(layer)))];
        _hidden = [.. Enumerable.Range(0, model.Config.Layers).Select(layer => Leaf(_layout.Hidden(layer)))];
        _stream = ConstantStream.Of(model, constants.Tensor(_layout.Embedding, model.Precision), _heads, _hidden, biases: true);
    }

    /// <summary>A run with these leaves in place of its constants.</summary>
    public AblatedRun In(AblatedRun run) => run with { Layers = _stream.Layers, FinalStream = _stream.Final };

    /// <summary>Copies the gradients of all constants of neurons.</summary>
    /// <param name="gradient">(constants of neurons), overwritten.</param>
    public void ReadGradient(Span<double> gradient)
    {
        for (var layer = 0; layer < _heads.Length; layer++)
        {
            Read(_heads[layer], gradient[_layout.Heads(layer)]);
            Read(_hidden[layer], gradient[_layout.Hidden(layer)]);
        }
    }

    private static void Read(Tensor leaf, Span<double> target)
    {
        if (leaf.grad is not { } grad)
        {
            target.Clear();
            return;
        }

        using var wide = grad.to(ScalarType.Float64).contiguous();
        wide.data<double>().ToArray().CopyTo(target);
    }
}
