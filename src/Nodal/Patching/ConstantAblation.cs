using Nodal.Models;
using static TorchSharp.torch;

namespace Nodal.Patching;

/// <summary>Closed nodes have a constant of their position's class: the ablated stream is a sum of constants, and δ starts at what the clean embedding adds to its constant.</summary>
internal sealed class ConstantAblation : IAblation
{
    private readonly Transformer _model;
    private readonly bool _biases;
    private readonly ConstantStream _stream;

    private ConstantAblation(Transformer model, NodeConstants constants, bool biases)
    {
        (_model, _biases, Constants) = (model, biases, constants);
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        _stream = Stream();
        foreach (var tensor in _stream.Tensors())
        {
            tensor.DetachFromDisposeScope();
        }
    }

    public bool PerPair => false;

    /// <summary>The constants.</summary>
    public NodeConstants Constants { get; }

    /// <summary>Whether the constants are trained along with the scores.</summary>
    public bool Trained { get; private init; }

    /// <summary>Zero ablation: a closed block writes nothing, not even its bias.</summary>
    public static ConstantAblation Zero(Transformer model)
    {
        var layout = new ConstantLayout(model.Config, MeanPositions.All);
        return new ConstantAblation(model, new NodeConstants(layout, new double[layout.Count]), biases: false);
    }

    /// <summary>Mean ablation: each node's mean over positions of the corrupted prompts, class by class (Wang et al. 2022, arXiv 2211.00593, where a class is a role in the prompt).</summary>
    /// <param name="model">The model.</param>
    /// <param name="means">The means.</param>
    public static ConstantAblation Mean(Transformer model, NodeConstants means) => new(model, means, biases: true);

    /// <summary>Learned ablation: constants that training moves (Li and Janson 2024, arXiv 2409.09951, optimal ablation), from some first ones on.</summary>
    /// <param name="model">The model.</param>
    /// <param name="constants">The first ones; owned.</param>
    public static ConstantAblation Learned(Transformer model, NodeConstants constants) => new(model, constants, biases: true) { Trained = true };

    /// <summary>Puts other constants in the place of those of neurons; the ablated stream follows, in the tensors that runs already made refer to.</summary>
    /// <param name="values">(constants of neurons).</param>
    public void Set(ReadOnlySpan<double> values)
    {
        values.CopyTo(Constants.Values);
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (old, next) in _stream.Tensors().Zip(Stream().Tensors()))
        {
            old.copy_(next);
        }
    }

    /// <summary>The ablated stream as a function of the constants, to be differentiated, in the caller's dispose scope.</summary>
    public ConstantLeaves Leaves() => new(_model, Constants);

    public AblatedRun Run(Tensor clean, Tensor corrupted, int answerPosition)
    {
        var run = new AblatedRun
        {
            InitialDelta = _model.Embed(clean), Layers = _stream.Layers, FinalStream = _stream.Final, Constants = Constants.Layout.Positions, AnswerPosition = answerPosition,
        };
        return run with { InitialDelta = run.InitialDelta.Minus(run.At(0).StreamBeforeAttention) };
    }

    public void Dispose()
    {
        foreach (var tensor in _stream.Tensors())
        {
            tensor.Dispose();
        }
    }

    private ConstantStream Stream()
    {
        var layout = Constants.Layout;
        Tensor[] Each(Func<int, Range> span) => [.. Enumerable.Range(0, _model.Config.Layers).Select(layer => Constants.Tensor(span(layer), _model.Precision))];
        return ConstantStream.Of(_model, Constants.Tensor(layout.Embedding, _model.Precision), Each(layout.Heads), Each(layout.Hidden), _biases);
    }
}
