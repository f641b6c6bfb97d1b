using System.Text.Json.Serialization;

namespace Nodal.Evaluation.Evidence;

/// <summary>What speaks for and against a circuit, part by part; a part that was not asked for, or does not apply, is <see langword="null"/> and no part of the document.</summary>
public sealed record CircuitEvidence
{
    /// <summary>Faithfulness over all sizes of the ranking.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CurveEvidence? Curve { get; init; }

    /// <summary>Whether the circuit has left something out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CompletenessEvidence? Completeness { get; init; }

    /// <summary>Whether the circuit holds something it does not need.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MinimalityEvidence? Minimality { get; init; }

    /// <summary>Where in the model the circuit sits.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LayerEvidence? Layers { get; init; }

    /// <summary>Tests of an ideal circuit, and against random ones.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public HypothesesEvidence? Hypotheses { get; init; }

    /// <summary>What else gives a circuit of this size.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ControlsEvidence? Controls { get; init; }

    /// <summary>Whether the circuit holds where something is changed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RobustnessEvidence? Robustness { get; init; }

    /// <summary>Whether other seeds find the same circuit.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StabilityEvidence? Stability { get; init; }

    /// <summary>Whether the run's method finds what compiled transformers are known to need.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GroundTruthEvidence? GroundTruth { get; init; }
}
