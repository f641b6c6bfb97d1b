using Nodal.Models;
using static TorchSharp.torch;

namespace Nodal.Patching.Fast;

/// <summary>Copies the weights of a layer into the fast engine's layout.</summary>
/// <remarks>With x̂ the normalised stream, W (scale ⊙ x̂ + shift) + b = (W diag(scale)) x̂ + (W shift + b): the norm's vectors vanish into the map that follows.</remarks>
internal sealed unsafe class WeightPacker<T>(Arena<T> memory, EngineShape shape)
    where T : unmanaged, IElement<T>
{
    private readonly ModelConfig _config = shape.Config;
    private readonly LayerSizes _sizes = LayerSizes.Whole(shape);

    /// <summary>Elements of the memory one layer takes.</summary>
    public static long LayerElements(EngineShape shape)
    {
        var sizes = LayerSizes.Whole(shape);
        return new[] { sizes.Queries, sizes.KeyValues, sizes.Neurons, sizes.Inputs, sizes.Hidden }.Sum(rows => Arena<T>.Needed(rows, shape.Width));
    }

    public PackedLayer<T> Pack(LayerWeights weights)
    {
        using var scope = NewDisposeScope();
        var attention = weights.AttentionNorm;
        LinearMap[] inputs = weights.Gate is { } gate ? [gate, weights.Up] : [weights.Up];
        return new PackedLayer<T>
        {
            Query = Maps(_sizes.Queries, attention, _config.HeadWidth, shape.HeadWidth, weights.Query),
            KeyValue = Maps(_sizes.KeyValues, attention, _config.HeadWidth, shape.HeadWidth, weights.Key, weights.Value),
            Output = Transposed(_sizes.Neurons, weights.Output),
            Inputs = Maps(_sizes.Inputs, weights.MlpNorm, _config.HiddenWidth, shape.HiddenWidth, inputs),
            Down = Transposed(shape.HiddenWidth, weights.Down),
            QueryBias = Biases(_sizes.Queries, attention, _config.HeadWidth, shape.HeadWidth, weights.Query),
            KeyValueBias = Biases(_sizes.KeyValues, attention, _config.HeadWidth, shape.HeadWidth, weights.Key, weights.Value),
            InputBias = Biases(_sizes.Inputs, weights.MlpNorm, _config.HiddenWidth, shape.HiddenWidth, inputs),
        };
    }

    /// <summary>A matrix as it is, its columns padded.</summary>
    public Matrix<T> Rows(Tensor weight)
    {
        using var source = new FloatTensor(weight);
        var target = memory.Take((int)weight.shape[0], shape.Width);
        for (var row = 0; row < target.Rows; row++)
        {
            Copy(source, row, target, row);
        }

        return target;
    }

    /// <summary>Maps below each other, each in groups of rows that are padded one by one.</summary>
    private Matrix<T> Maps(int rows, NormWeights norm, int group, int paddedGroup, params LinearMap[] maps)
    {
        var target = memory.Take(rows, shape.Width);
        target.ClearFrom(0);
        var first = 0;
        foreach (var map in maps)
        {
            using var scaled = map.Weight * norm.Scale;
            using var source = new FloatTensor(scaled);
            for (var row = 0; row < source.Rows; row++)
            {
                Copy(source, row, target, first + Padded(row, group, paddedGroup));
            }

            first += source.Rows / group * paddedGroup;
        }

        return target;
    }

    private Matrix<T> Transposed(int rows, LinearMap map)
    {
        using var transposed = map.Weight.t();
        using var source = new FloatTensor(transposed);
        var target = memory.Take(rows, shape.Width);
        target.ClearFrom(0);
        for (var row = 0; row < source.Rows; row++)
        {
            Copy(source, row, target, row);
        }

        return target;
    }

    private static float[] Biases(int rows, NormWeights norm, int group, int paddedGroup, params LinearMap[] maps)
    {
        var biases = new float[rows];
        var first = 0;
        foreach (var map in maps)
        {
            using var scope = NewDisposeScope();
            var bias = map.Bias ?? zeros(map.Weight.shape[0], dtype: map.Weight.dtype);
            using var source = new FloatTensor(norm.Shift is { } shift ? map.Weight.mv(shift).Plus(bias) : bias);
            for (var row = 0; row < source.Elements; row++)
            {
                biases[first + Padded(row, group, paddedGroup)] = source.Data[row];
            }

            first += (int)source.Elements / group * paddedGroup;
        }

        return biases;
    }

    private static int Padded(int row, int group, int paddedGroup) => (row / group * paddedGroup) + (row % group);

    private static void Copy(FloatTensor source, int row, Matrix<T> target, int targetRow) =>
        RowKernels<T>.Narrow(source.Row(row), source.Columns, target.Row(targetRow), target.Columns);
}
