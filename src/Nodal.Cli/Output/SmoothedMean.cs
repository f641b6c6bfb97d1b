namespace Nodal.Cli.Output;

/// <summary>Exponential moving average over about ten values, without a bias to zero at its start.</summary>
internal sealed class SmoothedMean
{
    private const double Decay = 0.9;
    private double _sum;
    private double _weight;

    public double Value => _sum / _weight;

    public void Add(double value)
    {
        _sum = (Decay * _sum) + value;
        _weight = (Decay * _weight) + 1;
    }
}
