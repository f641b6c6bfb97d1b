using System.CommandLine;
using Nodal.Discovery;

namespace Nodal.Cli.CommandLine;

/// <summary>The options of <c>nodal discover</c> that the published method has; λ is that of subnetwork probing too.</summary>
internal sealed class PaperSettings
{
    private static readonly PaperOptions Defaults = new();

    private readonly Option<int?> _epochs = NumberOption.Whole("--epochs", "Times all training pairs are seen, in place of --steps; default the task's in the paper");
    private readonly Option<double?> _lambda = NumberOption.Real("--lambda", $"Weight of the penalty: of the published method 0 to 1, the faithfulness has the rest, default {Defaults.Lambda}; of subnetwork probing {new ProbingOptions().Lambda}", "WEIGHT");
    private readonly Option<double?> _margin = NumberOption.Real("--margin", "Logits by which the answer is to be above the foil; default the task's in the paper", "LOGITS");
    private readonly Option<int?> _warmup = NumberOption.Whole("--warmup", $"Steps over which the penalty grows from 0; default {Defaults.WarmupSteps}");
    private readonly Option<double?> _depthScaling = NumberOption.Real("--depth-scaling", $"How much more the first layer costs than the last; default {Defaults.DepthScaling}", "FACTOR");
    private readonly Option<bool> _summed = new("--sum-penalty") { Description = "Sum the penalty over the gates of a tensor, as the released Llama variant does, in place of averaging: at the published lambda this closes nearly everything" };

    /// <summary>Excludes --steps.</summary>
    public Option Epochs => _epochs;

    public void AddTo(Command command)
    {
        foreach (var option in All)
        {
            command.Add(option);
        }
    }

    /// <summary>λ where it is given.</summary>
    public double? Lambda(Invocation call) => call.Value(_lambda);

    /// <summary>The published method's options.</summary>
    /// <param name="call">What was given.</param>
    /// <param name="steps">As for every method.</param>
    /// <param name="batch">As for every method.</param>
    /// <param name="rate">As for every method.</param>
    /// <param name="seed">As for every method.</param>
    public PaperOptions Read(Invocation call, int? steps, int? batch, double? rate, int seed) => Defaults with
    {
        Epochs = call.Value(_epochs),
        Steps = steps,
        BatchSize = batch,
        LearningRate = rate,
        Lambda = call.Value(_lambda) ?? Defaults.Lambda,
        Margin = call.Value(_margin),
        WarmupSteps = call.Value(_warmup) ?? Defaults.WarmupSteps,
        DepthScaling = call.Value(_depthScaling) ?? Defaults.DepthScaling,
        Summed = call.Value(_summed),
        Seed = seed,
    };

    private Option[] All => [_epochs, _lambda, _margin, _warmup, _depthScaling, _summed];
}
