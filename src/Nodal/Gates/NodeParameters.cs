using System.Numerics.Tensors;

namespace Nodal.Gates;

/// <summary>Parameters that go with each node: what the model loses when only that node is closed, what heads share divided among them.</summary>
/// <remarks>
/// The mean of ∂P/∂g over a path on which the gates of one granularity open together, all others open: of a K/V head shared by G query heads each gets 1/G, exactly for G up to 10 (Gauss and Legendre's rule of
/// five points; the gradient is of degree G − 1). A weight between a hidden neuron and an output goes with both.
/// </remarks>
internal static class NodeParameters
{
    private static readonly (double Gate, double Weight)[] Points =
    [
        (0.046910077030668004, 0.11846344252809454), (0.23076534494715845, 0.23931433524968324), (0.5, 0.28444444444444444),
        (0.76923465505284155, 0.23931433524968324), (0.953089922969332, 0.11846344252809454),
    ];

    /// <returns>(gates); 0 of the embedding.</returns>
    public static double[] Of(GateLayout layout)
    {
        var account = new SizeAccount(layout);
        var (gates, gradient, parameters) = (new double[layout.Count], new double[layout.Count], new double[layout.Count]);
        foreach (var granularity in layout.Granularities)
        {
            var own = layout.Span(granularity);
            foreach (var (gate, weight) in Points)
            {
                Array.Fill(gates, 1);
                gates.AsSpan(own).Fill(gate);
                account.Gradient(gates, gradient);
                TensorPrimitives.MultiplyAdd(gradient.AsSpan(own), weight, parameters.AsSpan(own), parameters.AsSpan(own));
            }
        }

        return parameters;
    }
}
