namespace Nodal.Evaluation.Evidence;

/// <summary>One part of the evidence for a circuit: a word on the command line (<c>ground-truth</c>) and a field of the document (<c>groundTruth</c>).</summary>
public enum EvidencePart
{
    /// <summary>Faithfulness over all sizes of the ranking: <see cref="CurveEvidence"/>.</summary>
    Curve,

    /// <summary>Whether the circuit has left something out: <see cref="CompletenessEvidence"/>.</summary>
    Completeness,

    /// <summary>Whether the circuit holds something it does not need: <see cref="MinimalityEvidence"/>.</summary>
    Minimality,

    /// <summary>Where in the model the circuit sits: <see cref="LayerEvidence"/>.</summary>
    Layers,

    /// <summary>Tests of an ideal circuit, and against random ones: <see cref="HypothesesEvidence"/>.</summary>
    Hypotheses,

    /// <summary>What else gives a circuit of this size: <see cref="ControlsEvidence"/>.</summary>
    Controls,

    /// <summary>Whether the circuit holds where something is changed: <see cref="RobustnessEvidence"/>.</summary>
    Robustness,

    /// <summary>Whether other seeds find the same circuit: <see cref="StabilityEvidence"/>.</summary>
    Stability,

    /// <summary>Whether the run's method finds what compiled transformers are known to need: <see cref="GroundTruthEvidence"/>.</summary>
    GroundTruth,
}
