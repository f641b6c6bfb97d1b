namespace Nodal.Gates;

/// <summary>The gates of one attention block.</summary>
/// <param name="block">Its own gate.</param>
/// <param name="heads">(H).</param>
/// <param name="neurons">(H · head width), head after head.</param>
internal readonly ref struct AttentionGates(double block, ReadOnlySpan<double> heads, ReadOnlySpan<double> neurons)
{
    public double Block { get; } = block;

    public ReadOnlySpan<double> Heads { get; } = heads;

    public ReadOnlySpan<double> Neurons { get; } = neurons;
}
