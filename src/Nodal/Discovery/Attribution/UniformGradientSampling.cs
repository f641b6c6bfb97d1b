using System.Numerics.Tensors;

namespace Nodal.Discovery.Attribution;

/// <summary>The mean gradient at gates that are drawn uniformly, so that it is neither that of the full model, where much is redundant, nor that of the empty one.</summary>
/// <remarks>
/// After Li and Janson 2024 (arXiv 2409.09951), whose uniform gradient sampling estimates by ∂L/∂α at α ~ U(0, 1) what opening a component does while others are partly open. Theirs trains sampling probabilities
/// with it under a penalty; here it is a ranking by itself. Each draw has a batch of its own. Gates of leaves (of the finest granularities that are scored) are drawn, those of parents are 1: products of three draws would leave next to nothing open.
/// </remarks>
internal sealed class UniformGradientSampling : INodeEffects
{
    public double[] Effects(ScoringSetting setting)
    {
        using var metric = new MetricGradient(setting, setting.Gradient);
        var (steps, effects) = (setting.Options.Steps!.Value, new double[setting.Layout.Count]);
        var batches = new BatchSampler(metric.Pairs, setting.Options.BatchSize);
        for (var step = 0; step < steps; step++)
        {
            var random = StepRandom.Of(setting.Options.Seed, step);
            var batch = batches.Next(random);
            TensorPrimitives.MultiplyAdd(metric.Over(batch, Draw(setting, random)), 1.0 / steps, effects, effects);
            setting.Report(step + 1, steps);
        }

        return effects;
    }

    /// <summary>(gates): drawn from [0, 1) for the finest granularities that are scored, else 1.</summary>
    internal static double[] Draw(ScoringSetting setting, Random random)
    {
        var gates = FullModel.Open(setting);
        foreach (var granularity in MethodNodes.Finest(setting.Scored))
        {
            foreach (ref var gate in gates.AsSpan(setting.Layout.Span(granularity)))
            {
                gate = random.NextDouble();
            }
        }

        return gates;
    }
}
