namespace Nodal.Evaluation.Evidence;

/// <summary>A third of a model's layers.</summary>
public enum ModelThird
{
    /// <summary>Next to the embedding.</summary>
    Early,

    /// <summary>Between the two.</summary>
    Middle,

    /// <summary>Next to the logits.</summary>
    Late,
}
