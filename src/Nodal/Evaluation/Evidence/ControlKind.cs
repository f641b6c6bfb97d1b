namespace Nodal.Evaluation.Evidence;

/// <summary>What a control has in place of what the circuit was found by.</summary>
public enum ControlKind
{
    /// <summary>Nothing else: the run's own training again with fewer steps, and a circuit of the same size. What the other trainings are to be held against.</summary>
    Retrained,

    /// <summary>In each layer and granularity the nodes with the largest weights (magnitude pruning).</summary>
    Magnitude,

    /// <summary>Training on shuffled answers: what the full model says on one training pair is asked of the circuit on another.</summary>
    ShuffledAnswers,

    /// <summary>Training on a model in which the entries of each weight matrix and bias of each block have changed places; the circuit is run in the model as it is.</summary>
    PermutedWeights,
}
