using System.CommandLine;
using Nodal.Discovery;
using Nodal.Gates;

namespace Nodal.Cli.CommandLine;

/// <summary>The options of <c>nodal discover</c> that the published method has; λ is that of subnetwork probing too, the margin of the ranking and MAttr.</summary>
internal sealed class PaperSettings
{
    private static readonly PaperOptions Defaults = new();

    private static readonly string[] Shared = ["--lambda", "--margin"];

    private readonly Option<int?> _epochs = NumberOption.Whole("--epochs", "Times all training pairs are seen, in place of --steps; default the task's in the paper");
    private readonly Option<double?> _lambda = NumberOption.Real("--lambda", $"Weight of the penalty: of the published method 0 to 1, the faithfulness has the rest, default {Defaults.Lambda}; of subnetwork probing {new ProbingOptions().Lambda}", "WEIGHT");
    private readonly Option<MarginSetting?> _margin = MarginOption();
    private readonly Option<int?> _warmup = NumberOption.Whole("--warmup", $"Steps over which the penalty grows from 0; default {Defaults.WarmupSteps}");
    private readonly Option<double?> _depthScaling = NumberOption.Real("--depth-scaling", $"How much more the first layer costs than the last; default {Defaults.DepthScaling}", "FACTOR");
    private readonly Option<bool> _summed = new("--sum-penalty") { Description = "Sum the penalty over the gates of a tensor, as the released Llama variant does, in place of averaging: at the published lambda this closes nearly everything" };

    private readonly Option<GranularityWeights?> _weights = PenaltyWeights();
    private readonly Option<bool?> _amongChoices = new("--among-choices") { Description = "Whether KL is between the distributions over answers and foils alone; default for gt only", HelpName = "true|false" };
    private readonly (Option<double?> Option, Func<PaperOptions, double, PaperOptions> Set)[] _constants =
    [
        (Constant("--gate-temperature", "β, temperature of the hard concrete gates", $"2/3"), (options, value) => options with { Temperature = value }),
        (Constant("--stretch-low", "γ, where the stretched gates begin", $"{Defaults.StretchLow}"), (options, value) => options with { StretchLow = value }),
        (Constant("--stretch-high", "ζ, where they end", $"{Defaults.StretchHigh}"), (options, value) => options with { StretchHigh = value }),
        (Constant("--noise-edge", "Smallest noise u, and 1 less the largest", $"{Defaults.NoiseEdge}"), (options, value) => options with { NoiseEdge = value }),
        (Constant("--initial-low", "Smallest first log α", $"{Defaults.InitialLow}"), (options, value) => options with { InitialLow = value }),
        (Constant("--initial-high", "Largest first log α", $"{Defaults.InitialHigh}"), (options, value) => options with { InitialHigh = value }),
        (Constant("--weight-decay", "AdamW's decay of log α", $"{Defaults.WeightDecay}"), (options, value) => options with { WeightDecay = value }),
        (Constant("--adam-beta1", "AdamW's β₁", $"{Defaults.Beta1}"), (options, value) => options with { Beta1 = value }),
        (Constant("--adam-beta2", "AdamW's β₂", $"{Defaults.Beta2}"), (options, value) => options with { Beta2 = value }),
        (Constant("--adam-epsilon", "AdamW's ε", $"{Defaults.Epsilon}"), (options, value) => options with { Epsilon = value }),
        (Constant("--gradient-norm", "Longest gradient; a longer one is shortened to it", $"{Defaults.GradientNorm}"), (options, value) => options with { GradientNorm = value }),
        (Constant("--end-rate", "Rate the cosine falls to", $"{Defaults.EndLearningRate}"), (options, value) => options with { EndLearningRate = value }),
    ];

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

    /// <summary>The margin where one is given.</summary>
    public double? Margin(Invocation call) => call.Value(_margin)?.Logits;

    /// <summary>The published method's options.</summary>
    /// <param name="call">What was given.</param>
    /// <param name="steps">As for every method.</param>
    /// <param name="batch">As for every method.</param>
    /// <param name="rate">As for every method.</param>
    /// <param name="seed">As for every method.</param>
    public PaperOptions Read(Invocation call, int? steps, int? batch, double? rate, int seed) => _constants.Aggregate(
        Defaults with
        {
            Epochs = call.Value(_epochs),
            Steps = steps,
            BatchSize = batch,
            LearningRate = rate,
            Lambda = call.Value(_lambda) ?? Defaults.Lambda,
            Margin = Margin(call),
            NoMargin = call.Value(_margin) is { Logits: null },
            WarmupSteps = call.Value(_warmup) ?? Defaults.WarmupSteps,
            DepthScaling = call.Value(_depthScaling) ?? Defaults.DepthScaling,
            Summed = call.Value(_summed),
            Weights = call.Value(_weights) ?? Defaults.Weights,
            AmongChoices = call.Value(_amongChoices),
            Seed = seed,
        },
        (options, constant) => call.Value(constant.Option) is { } value ? constant.Set(options, value) : options);

    private Option[] All => [_epochs, _lambda, _margin, _warmup, _depthScaling, _summed, _weights, _amongChoices, .. _constants.Select(constant => constant.Option)];

    /// <summary>Names of the options that belong to the published method alone.</summary>
    public static string[] OwnNames => [.. new PaperSettings().All.Select(option => option.Name).Except(Shared)];

    private static Option<double?> Constant(string name, string description, FormattableString value) => NumberOption.Real(name, $"{description}; default {FormattableString.Invariant(value)}", "NUMBER");

    /// <summary>A margin, or that there is to be none.</summary>
    internal readonly record struct MarginSetting(double? Logits);

    private static Option<MarginSetting?> MarginOption()
    {
        const string Name = "--margin";
        return new Option<MarginSetting?>(Name)
        {
            Description = "Logits by which the answer is to be above the foil, or none for KL alone; default of the published method the task's in the paper, of ranking and mattr none",
            HelpName = "LOGITS|none",
            CustomParser = result => result.Tokens[0].Value == "none" ? new MarginSetting(null)
                : NumberOption.Parse(result.Tokens[0].Value) is { } logits ? new MarginSetting(logits) : NumberOption.Refuse<MarginSetting?>(result, Name, "a number, such as 0.1, or none"),
        };
    }

    private static Option<GranularityWeights?> PenaltyWeights()
    {
        const string Name = "--penalty-weights";
        return new Option<GranularityWeights?>(Name)
        {
            Description = "λ_f, what the gates of granularities cost; default 2 for MLP blocks, 1 for all others",
            HelpName = "Head=N,MlpBlock=N,…",
            CustomParser = result =>
            {
                var weights = Defaults.Weights;
                var named = new HashSet<Granularity>();
                foreach (var part in result.Tokens[0].Value.Split(','))
                {
                    if (part.Split('=') is not [var word, var number] || WordOption.Parse<Granularity>(word) is not { } granularity || !GateLayout.All.Contains(granularity)
                        || NumberOption.Parse(number) is not { } weight || !named.Add(granularity))
                    {
                        return NumberOption.Refuse<GranularityWeights?>(result, Name, $"weights of some of {string.Join(", ", GateLayout.All)}, each once, such as Head=0.8,MlpBlock=2");
                    }

                    weights = weights.With(granularity, weight);
                }

                return weights;
            },
        };
    }
}
