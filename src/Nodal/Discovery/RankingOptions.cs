using Nodal.Runtime;

namespace Nodal.Discovery;

/// <summary>How scores are trained.</summary>
public sealed record RankingOptions
{
    /// <summary>Optimisation steps; default 400.</summary>
    public int Steps { get; init; } = 400;

    /// <summary>Pairs per step; default 32.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Adam's rate, in score units per step; constant for the first half of the run, then linear to 0; default 0.1.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>Smallest size drawn, a fraction of all block parameters; default by the model's size (<see cref="DefaultMinimumSize"/>).</summary>
    public double? MinimumSize { get; init; }

    /// <summary>Temperature of the first step; default 0.5.</summary>
    public double StartTemperature { get; init; } = 0.5;

    /// <summary>Temperature of the last step, reached geometrically; default 0.05.</summary>
    public double EndTemperature { get; init; } = 0.05;

    /// <summary>ε, how far the sigmoid is stretched beyond [0, 1]; default 0.1.</summary>
    public double Stretch { get; init; } = 0.1;

    /// <summary>First score of blocks, heads, layers and the embedding; default 2.</summary>
    public double ParentScore { get; init; } = 2;

    /// <summary>First score of neurons and outputs; default 0.</summary>
    public double LeafScore { get; init; }

    /// <summary>Logits by which the answer is to be above the foil: mean max(0, margin − logit difference) is added to KL, as in the published method; <see langword="null"/>, the default, for KL alone.</summary>
    public double? Margin { get; init; }

    /// <summary>Seed of batches and sizes; default 0.</summary>
    public int Seed { get; init; }

    /// <summary>Longest time of training that a kill may cost, seconds, 0 for one step; changes no bit of the result; default 30.</summary>
    public double CheckpointSeconds { get; init; } = 30;

    /// <summary>Smallest size worth drawing for a model: 0.01, or 0.03 below a million block parameters, whose few nodes carry nothing at 0.01.</summary>
    public static double DefaultMinimumSize(long blockParameters) => blockParameters < 1_000_000 ? 0.03 : 0.01;

    /// <summary>Refuses values that cannot work, all of them at once.</summary>
    /// <exception cref="NodalException">A value is out of range.</exception>
    public void Validate()
    {
        OptionChecks.Require(
            "the ranking's options",
            (Steps >= 1, $"steps {Steps} (at least 1)"),
            (BatchSize >= 1, $"batch size {BatchSize} (at least 1)"),
            (LearningRate is > 0 and < 100, $"learning rate {LearningRate} (above 0, below 100)"),
            (MinimumSize is null or (> 0 and < 1), $"smallest size {MinimumSize} (between 0 and 1)"),
            (EndTemperature > 0 && StartTemperature >= EndTemperature && double.IsFinite(StartTemperature), $"temperatures {StartTemperature} to {EndTemperature} (falling, above 0)"),
            (Stretch is >= 0 and <= 1, $"stretch {Stretch} (0 to 1)"),
            (double.IsFinite(ParentScore) && double.IsFinite(LeafScore), $"first scores {ParentScore} and {LeafScore} (finite)"),
            (Margin is null || double.IsFinite(Margin.Value), $"margin {Margin} (finite)"),
            (CheckpointSeconds >= 0 && double.IsFinite(CheckpointSeconds), $"checkpoint every {CheckpointSeconds} s (at least 0, finite)"));
    }
}
