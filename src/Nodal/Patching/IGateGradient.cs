using Nodal.Tasks;

namespace Nodal.Patching;

/// <summary>The loss over training pairs and its gradient for every gate: all that a way of training asks of an engine.</summary>
internal interface IGateGradient : IDisposable
{
    /// <summary>The training pairs; a batch is named by positions in it.</summary>
    IReadOnlyList<EncodedPair> Pairs { get; }

    /// <summary>The constants of closed nodes where they are trained along with the gates: each step sets their gradient. Else <see langword="null"/>.</summary>
    TrainedConstants? Constants => null;

    /// <summary>Mean KL(full ‖ gated) at the answer position, nats, and the gradient of the loss for every gate.</summary>
    /// <param name="batch">Positions of distinct pairs, rising; at least one.</param>
    /// <param name="gates">The gates, and which of them are live.</param>
    /// <param name="gradient">(gates), overwritten; of no use where a gate or an ancestor of it is not live, for those nodes are not computed.</param>
    double Step(int[] batch, GateValues gates, Span<double> gradient);
}
