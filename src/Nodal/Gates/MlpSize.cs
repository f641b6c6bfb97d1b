using System.Numerics.Tensors;
using Nodal.Models;

namespace Nodal.Gates;

/// <summary>The MLP half of <see cref="SizeAccount"/>.</summary>
internal sealed class MlpSize(ModelConfig config)
{
    /// <summary>Rows of the input projections (gate and up, or in) of one hidden neuron, biases included.</summary>
    private readonly double _inputRows = (config.GatedMlp ? 2.0 : 1.0) * (config.Width + (config.MlpBias ? 1 : 0));

    private readonly double _outputBias = config.MlpBias ? 1 : 0;

    public double Parameters(MlpGates gates) => gates.Block * Inside(TensorPrimitives.Sum(gates.Hidden), TensorPrimitives.Sum(gates.Outputs));

    public void Gradient(MlpGates gates, ref double block, Span<double> hidden, Span<double> outputs)
    {
        var openHidden = TensorPrimitives.Sum(gates.Hidden);
        var openOutputs = TensorPrimitives.Sum(gates.Outputs);
        block = Inside(openHidden, openOutputs);
        hidden.Fill(gates.Block * (_inputRows + openOutputs));
        outputs.Fill(gates.Block * (openHidden + _outputBias));
    }

    private double Inside(double hidden, double outputs) => (hidden * (_inputRows + outputs)) + (outputs * _outputBias);
}
