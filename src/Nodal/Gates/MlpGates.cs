namespace Nodal.Gates;

/// <summary>The gates of one MLP block.</summary>
/// <param name="block">Its own gate.</param>
/// <param name="hidden">(h).</param>
/// <param name="outputs">(d).</param>
internal readonly ref struct MlpGates(double block, ReadOnlySpan<double> hidden, ReadOnlySpan<double> outputs)
{
    public double Block { get; } = block;

    public ReadOnlySpan<double> Hidden { get; } = hidden;

    public ReadOnlySpan<double> Outputs { get; } = outputs;
}
