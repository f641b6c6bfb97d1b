using Nodal.Models;

namespace Nodal.Gates;

/// <summary>The attention half of <see cref="SizeAccount"/>.</summary>
internal sealed class AttentionSize(ModelConfig config)
{
    private readonly int _width = config.HeadWidth;
    private readonly int _group = config.GroupSize;
    private readonly double _inputRow = config.Width + (config.AttentionInputBias ? 1 : 0);
    private readonly double _outputColumn = config.Width;
    private readonly double _outputBias = config.AttentionOutputBias ? config.Width : 0;

    /// <summary>All query rows of a head, or all key rows of a K/V head.</summary>
    private double WholeHead => _width * _inputRow;

    public double Parameters(AttentionGates gates)
    {
        var inside = _outputBias;
        for (var first = 0; first < gates.Heads.Length; first += _group)
        {
            inside += Group(gates, first);
        }

        return gates.Block * inside;
    }

    public void Gradient(AttentionGates gates, ref double block, Span<double> heads, Span<double> neurons)
    {
        block = _outputBias;
        for (var first = 0; first < gates.Heads.Length; first += _group)
        {
            block += Group(gates, first);
            for (var head = first; head < first + _group; head++)
            {
                heads[head] += gates.Block * WholeHead * (1 + AllOthersClosed(gates, first, head));
                for (var neuron = 0; neuron < _width; neuron++)
                {
                    var index = (head * _width) + neuron;
                    var perEffectiveGate = _outputColumn + (_inputRow * AllOthersClosed(gates, first, head, neuron));
                    heads[head] += gates.Block * gates.Neurons[index] * perEffectiveGate;
                    neurons[index] = gates.Block * gates.Heads[head] * perEffectiveGate;
                }
            }
        }
    }

    /// <summary>Queries, keys, values and output columns of the heads that share one K/V head.</summary>
    private double Group(AttentionGates gates, int first)
    {
        double openHeads = 0, openNeurons = 0, valueColumns = 0;
        for (var head = first; head < first + _group; head++)
        {
            openHeads += gates.Heads[head];
        }

        for (var neuron = 0; neuron < _width; neuron++)
        {
            var closed = 1.0;
            for (var head = first; head < first + _group; head++)
            {
                var effective = gates.Heads[head] * gates.Neurons[(head * _width) + neuron];
                openNeurons += effective;
                closed *= 1 - effective;
            }

            valueColumns += 1 - closed;
        }

        var keyOpen = 1 - AllOthersClosed(gates, first, except: -1);
        return (WholeHead * (openHeads + keyOpen)) + (_inputRow * valueColumns) + (_outputColumn * openNeurons);
    }

    /// <summary>Probability that every head of the group but one is closed.</summary>
    private double AllOthersClosed(AttentionGates gates, int first, int except)
    {
        var closed = 1.0;
        for (var head = first; head < first + _group; head++)
        {
            closed *= head == except ? 1 : 1 - gates.Heads[head];
        }

        return closed;
    }

    /// <summary>Probability that no head of the group but one keeps this dimension.</summary>
    private double AllOthersClosed(AttentionGates gates, int first, int except, int neuron)
    {
        var closed = 1.0;
        for (var head = first; head < first + _group; head++)
        {
            closed *= head == except ? 1 : 1 - (gates.Heads[head] * gates.Neurons[(head * _width) + neuron]);
        }

        return closed;
    }
}
