using System.CommandLine;
using System.CommandLine.Parsing;
using Nodal.Discovery;

namespace Nodal.Cli.CommandLine;

/// <summary>The options of <c>nodal discover</c> that only the published method has.</summary>
internal sealed class PaperSettings
{
    private static readonly PaperOptions Defaults = new();

    private readonly Option<int?> _epochs = NumberOption.Whole("--epochs", "Times all training pairs are seen, in place of --steps; default the task's in the paper");
    private readonly Option<double?> _lambda = NumberOption.Real("--lambda", $"Weight of the penalty, 0 to 1; the faithfulness has the rest; default {Defaults.Lambda}", "WEIGHT");
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

    /// <summary>Options with another method would change nothing, so they are refused.</summary>
    public void RefuseOthers(CommandResult given, DiscoveryMethod method)
    {
        var named = All.Where(option => given.GetResult(option) is { Implicit: false }).Select(option => option.Name).ToArray();
        if (method != DiscoveryMethod.Paper && named.Length > 0)
        {
            given.AddError($"{string.Join(", ", named)} belongs to --method paper: found method {method.ToString().ToLowerInvariant()}. Leave it out, or add --method paper.");
        }
    }

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
