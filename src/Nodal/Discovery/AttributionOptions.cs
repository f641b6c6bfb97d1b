using System.Collections.Immutable;
using System.Globalization;
using Nodal.Runtime;

namespace Nodal.Discovery;

/// <summary>How nodes are scored by a method that trains nothing.</summary>
public sealed record AttributionOptions
{
    /// <summary>What closing a node is judged by; default the method's: KL for ACDC and uniform gradient sampling, else the logit difference.</summary>
    public AnswerMetric? Metric { get; init; }

    /// <summary>Points of the path of integrated gradients, default 20; draws of uniform gradient sampling, default 400. Other methods have none.</summary>
    public int? Steps { get; init; }

    /// <summary>Pairs worked on together; changes no score but by rounding, except that of uniform gradient sampling each draw sees so many. Default 32.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Seed of what is drawn; default 0.</summary>
    public int Seed { get; init; }

    /// <summary>What closing a node may cost in ACDC, in the units of the metric, rising: one greedy run each. Default 0.0003 to 1 in eight.</summary>
    public ImmutableArray<double> Thresholds { get; init; } = [0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1];

    /// <summary>Training pairs that ACDC runs every circuit on, at most; default 100.</summary>
    public int PairsOfAcdc { get; init; } = 100;

    /// <summary>Steps of a method where none are given; 0 for a method without.</summary>
    public static int DefaultSteps(DiscoveryMethod method) => method switch
    {
        DiscoveryMethod.IntegratedGradients => 20,
        DiscoveryMethod.UniformGradientSampling => 400,
        _ => 0,
    };

    /// <summary>Refuses values that cannot work, all of them at once.</summary>
    /// <param name="method">That they are for.</param>
    /// <exception cref="NodalException">A value is out of range.</exception>
    public void Validate(DiscoveryMethod method)
    {
        OptionChecks.Require(
            "the options of the attribution",
            (Steps is null or >= 1, $"steps {Steps} (at least 1)"),
            (BatchSize >= 1, $"batch size {BatchSize} (at least 1)"),
            (PairsOfAcdc >= 1, $"pairs of ACDC {PairsOfAcdc} (at least 1)"),
            (!Thresholds.IsDefaultOrEmpty && Thresholds.All(value => value > 0 && double.IsFinite(value)) && Thresholds.Zip(Thresholds.Skip(1), (one, next) => one < next).All(rises => rises),
                $"thresholds {(Thresholds.IsDefault ? "" : string.Join(' ', Thresholds.Select(value => value.ToString(CultureInfo.InvariantCulture))))} (above 0, rising)"),
            (Metric != AnswerMetric.Kl || method is not (DiscoveryMethod.AttributionPatching or DiscoveryMethod.Relp or DiscoveryMethod.Hisp),
                $"metric kl for {Words.Of(method)} (logit-difference: the gradient of KL is 0 in the full model)"));
    }

    /// <summary>With metric and steps filled in.</summary>
    internal AttributionOptions Resolved(DiscoveryMethod method) => this with
    {
        Metric = Metric ?? (method is DiscoveryMethod.Acdc or DiscoveryMethod.UniformGradientSampling ? AnswerMetric.Kl : AnswerMetric.LogitDifference),
        Steps = DefaultSteps(method) == 0 ? null : Steps ?? DefaultSteps(method),
    };
}
