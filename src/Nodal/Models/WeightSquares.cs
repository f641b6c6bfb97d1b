using static TorchSharp.torch;

namespace Nodal.Models;

/// <summary>Squared Euclidean norms of the weights of a linear map; its bias is left out.</summary>
internal static class WeightSquares
{
    /// <summary>Of each output's weights, (out).</summary>
    public static double[] Rows(LinearMap map) => Sum(map, over: 1);

    /// <summary>Of each input's weights, (in).</summary>
    public static double[] Columns(LinearMap map) => Sum(map, over: 0);

    private static double[] Sum(LinearMap map, long over)
    {
        using var scope = NewDisposeScope();
        return map.Weight.to(ScalarType.Float64).Squared().sum(over).data<double>().ToArray();
    }
}
