using Nodal.Gates;
using Nodal.Runtime;

namespace Nodal.Discovery;

/// <summary>How scores are trained by the published method: multi-granular node pruning, arXiv 2512.10903, with its released code's constants as defaults.</summary>
/// <remarks>L = (1 − λ)(KL + mean max(0, margin − D)) + λ S, D the logit of the answer less that of the foil, S of <see cref="PaperPenalty"/>.</remarks>
public sealed record PaperOptions
{
    /// <summary>Times that all training pairs are seen; default the task's (<see cref="PaperPreset"/>). The cosine of the rate spans them.</summary>
    public int? Epochs { get; init; }

    /// <summary>Optimisation steps; default those of the epochs. Where it is given, the epochs are as many as the steps need, the last perhaps not whole.</summary>
    public int? Steps { get; init; }

    /// <summary>Pairs per step, the last step of an epoch what is left; default the task's.</summary>
    public int? BatchSize { get; init; }

    /// <summary>AdamW's rate in the first epoch, in units of log α per step; default the task's.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Rate the cosine falls to; default 1e-4.</summary>
    public double EndLearningRate { get; init; } = 1e-4;

    /// <summary>AdamW's decay of log α, per step as a share of the rate; default 0.01.</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>AdamW's β₁, what its mean of gradients keeps from step to step; default 0.9.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>AdamW's β₂, what its mean of squared gradients keeps; default 0.999.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>AdamW's ε; default 1e-8.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>Longest gradient of all log α together; a longer one is shortened to it; default 1.</summary>
    public double GradientNorm { get; init; } = 1;

    /// <summary>λ in [0, 1], weight of the penalty; the faithfulness has 1 − λ; default 0.95.</summary>
    public double Lambda { get; init; } = 0.95;

    /// <summary>Logits by which the answer is to be above the foil; default the task's, for greater-than no such term.</summary>
    public double? Margin { get; init; }

    /// <summary>Whether there is no margin term at all, whatever the task's preset has; default no. Pairs without foils have none in any case.</summary>
    public bool NoMargin { get; init; }

    /// <summary>Whether KL is between the distributions over answers and foils alone, each normalised anew; default for greater-than only.</summary>
    public bool? AmongChoices { get; init; }

    /// <summary>Steps over which the penalty grows linearly from 0; default 1,000.</summary>
    public int WarmupSteps { get; init; } = 1000;

    /// <summary>How much more the first layer costs than the last, falling linearly with depth; default 0.</summary>
    public double DepthScaling { get; init; }

    /// <summary>λ_f, what the granularities cost.</summary>
    public GranularityWeights Weights { get; init; } = new();

    /// <summary>
    /// Whether the penalty is the sum over the gates of a tensor, as in the released Llama variant, and not their mean; default no. At the published λ a sum closes nearly everything: of thousands of gates
    /// each costs as much as a whole tensor does in the mean.
    /// </summary>
    public bool Summed { get; init; }

    /// <summary>β, temperature of the hard concrete gates; default 2/3.</summary>
    public double Temperature { get; init; } = 2.0 / 3;

    /// <summary>γ, where the stretched gates begin; default −0.1.</summary>
    public double StretchLow { get; init; } = -0.1;

    /// <summary>ζ, where they end; default 1.1.</summary>
    public double StretchHigh { get; init; } = 1.1;

    /// <summary>Smallest noise u, and 1 − the largest; default 1e-8.</summary>
    public double NoiseEdge { get; init; } = 1e-8;

    /// <summary>Smallest first log α; they are drawn uniformly; default 2.5.</summary>
    public double InitialLow { get; init; } = 2.5;

    /// <summary>Largest first log α; default 3.5.</summary>
    public double InitialHigh { get; init; } = 3.5;

    /// <summary>Seed of first scores, noise and batches; default 0.</summary>
    public int Seed { get; init; }

    /// <summary>Longest time of training that a kill may cost, seconds, 0 for one step; changes no bit of the result; default 30.</summary>
    public double CheckpointSeconds { get; init; } = 30;

    /// <summary>The gates of these options.</summary>
    internal HardConcrete Gate => new(Temperature, StretchLow, StretchHigh);

    /// <summary>Refuses values that cannot work, all of them at once.</summary>
    /// <exception cref="NodalException">A value is out of range.</exception>
    public void Validate() => OptionChecks.Require("the options of the published method", PaperChecks.Of(this));

    /// <summary>The same with a task's preset where nothing else is said, and the length of training both in epochs and in steps.</summary>
    /// <param name="preset">The task's.</param>
    /// <param name="pairs">Training pairs.</param>
    /// <exception cref="NodalException">Epochs and steps contradict each other, or there are too many steps.</exception>
    internal PaperOptions Resolved(PaperPreset preset, int pairs)
    {
        var size = BatchSize ?? preset.BatchSize;
        var perEpoch = EpochBatches.PerEpoch(pairs, size);
        var epochs = Epochs ?? (Steps is { } given ? (int)Math.Ceiling((double)given / perEpoch) : preset.Epochs);
        var steps = Steps ?? (long)epochs * perEpoch;
        if (steps > int.MaxValue || (steps + perEpoch - 1) / perEpoch != epochs)
        {
            Throw.Usage(
                "the length of training cannot be as asked for", found: $"{epochs} epochs of {perEpoch} steps, and {steps} steps", expected: "steps that end in the last epoch",
                remedy: "Give epochs or steps, not both");
        }

        return this with
        {
            Epochs = epochs,
            Steps = (int)steps,
            BatchSize = size,
            LearningRate = LearningRate ?? preset.LearningRate,
            Margin = NoMargin ? null : Margin ?? preset.Margin,
            AmongChoices = AmongChoices ?? preset.AmongChoices,
        };
    }
}
