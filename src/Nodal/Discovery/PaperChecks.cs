using Nodal.Gates;

namespace Nodal.Discovery;

/// <summary>What can be wrong with options of the published method.</summary>
internal static class PaperChecks
{
    /// <summary>Each value, for <see cref="Runtime.OptionChecks"/>.</summary>
    public static (bool Good, FormattableString Fault)[] Of(PaperOptions options) =>
    [
        (options.Epochs is null or >= 1, $"epochs {options.Epochs} (at least 1)"),
        (options.Steps is null or >= 1, $"steps {options.Steps} (at least 1)"),
        (options.BatchSize is null or >= 1, $"batch size {options.BatchSize} (at least 1)"),
        (options.LearningRate is null or (> 0 and < 100), $"learning rate {options.LearningRate} (above 0, below 100)"),
        (options.EndLearningRate is >= 0 and < 100, $"last learning rate {options.EndLearningRate} (at least 0)"),
        (options.WeightDecay is >= 0 and < 1, $"weight decay {options.WeightDecay} (at least 0, below 1)"),
        (options.Beta1 is >= 0 and < 1 && options.Beta2 is >= 0 and < 1, $"betas {options.Beta1}, {options.Beta2} (at least 0, below 1)"),
        (options.Epsilon is > 0 and < 1, $"epsilon {options.Epsilon} (above 0, below 1)"),
        (options.GradientNorm > 0 && double.IsFinite(options.GradientNorm), $"gradient norm {options.GradientNorm} (above 0, finite)"),
        (options.Lambda is >= 0 and <= 1, $"lambda {options.Lambda} (0 to 1)"),
        (options.Margin is null || double.IsFinite(options.Margin.Value), $"margin {options.Margin} (finite)"),
        (!(options.NoMargin && options.Margin is not null), $"margin {options.Margin} (none, where no margin term is asked for)"),
        (options.WarmupSteps >= 0, $"warm-up {options.WarmupSteps} (at least 0 steps)"),
        (options.DepthScaling >= 0 && double.IsFinite(options.DepthScaling), $"depth scaling {options.DepthScaling} (at least 0)"),
        .. GateLayout.All.Select<Granularity, (bool Good, FormattableString Fault)>(granularity => (
            options.Weights[granularity] >= 0 && double.IsFinite(options.Weights[granularity]), $"weight of {granularity} {options.Weights[granularity]} (at least 0)")),
        (options.Temperature > 0 && double.IsFinite(options.Temperature), $"temperature {options.Temperature} (above 0)"),
        (options.StretchLow < 0 && options.StretchHigh > 1 && double.IsFinite(options.StretchHigh - options.StretchLow),
            $"stretch {options.StretchLow} to {options.StretchHigh} (from below 0 to above 1)"),
        (options.NoiseEdge is > 0 and < 0.5, $"edge of the noise {options.NoiseEdge} (above 0, below 0.5)"),
        (options.InitialHigh >= options.InitialLow && double.IsFinite(options.InitialHigh - options.InitialLow),
            $"first scores {options.InitialLow} to {options.InitialHigh} (rising, finite)"),
        (options.CheckpointSeconds >= 0 && double.IsFinite(options.CheckpointSeconds), $"checkpoint every {options.CheckpointSeconds} s (at least 0, finite)"),
    ];
}
