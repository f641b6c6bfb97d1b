using System.Numerics.Tensors;
using Nodal.Patching;

namespace Nodal.Discovery.Attribution;

/// <summary>The gradient of the metric for every gate, those that are closed too: what the attributions share.</summary>
/// <remarks>Of KL, where less is better, the gradient is taken with the sign turned, so that a node that serves the behaviour has a gradient above 0 with either metric.</remarks>
internal sealed class MetricGradient : IDisposable
{
    private readonly IGateGradient _loss;
    private readonly int[][] _batches;
    private readonly double _sign;

    /// <param name="setting">What is scored; the metric is that of its options.</param>
    /// <param name="make">Makes the engine.</param>
    public MetricGradient(ScoringSetting setting, Func<AnswerLoss, IGateGradient> make)
    {
        var kl = setting.Options.Metric == AnswerMetric.Kl;
        _sign = kl ? -1 : 1;
        _loss = make(kl ? AnswerLoss.Divergence : new AnswerLoss { KlWeight = 0, LogitDifferenceWeight = 1 });
        _batches = [.. Enumerable.Range(0, _loss.Pairs.Count).Chunk(setting.Options.BatchSize)];
    }

    /// <summary>Pairs.</summary>
    public int Pairs => _loss.Pairs.Count;

    /// <summary>Batches that <see cref="OverAllPairs"/> takes.</summary>
    public int Batches => _batches.Length;

    /// <summary>Mean gradient over some pairs.</summary>
    /// <param name="pairs">Positions of distinct pairs, rising.</param>
    /// <param name="gates">(gates).</param>
    /// <returns>(gates).</returns>
    public double[] Over(int[] pairs, double[] gates)
    {
        var gradient = new double[gates.Length];
        _loss.Step(pairs, GateValues.AllLive(gates), gradient);
        TensorPrimitives.Multiply(gradient, _sign, gradient);
        return gradient;
    }

    /// <summary>Mean gradient over all pairs.</summary>
    /// <param name="gates">(gates).</param>
    /// <param name="done">Hears of each batch.</param>
    /// <returns>(gates).</returns>
    public double[] OverAllPairs(double[] gates, Action done)
    {
        var mean = new double[gates.Length];
        foreach (var batch in _batches)
        {
            TensorPrimitives.MultiplyAdd(Over(batch, gates), (double)batch.Length / Pairs, mean, mean);
            done();
        }

        return mean;
    }

    public void Dispose() => _loss.Dispose();
}
