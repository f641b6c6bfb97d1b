namespace Nodal.Evaluation.Evidence;

/// <summary>What is changed under a circuit.</summary>
public enum RobustnessKind
{
    /// <summary>Nothing.</summary>
    Unchanged,

    /// <summary>The templates of the prompts: a circuit trained without some of them is run on them.</summary>
    Templates,

    /// <summary>The names in the prompts: others than the task's, or a circuit trained without some of them is run on them.</summary>
    Names,

    /// <summary>What a closed node outputs.</summary>
    Ablation,

    /// <summary>Gaussian noise on the token embeddings.</summary>
    Noise,

    /// <summary>Sentences before the prompt.</summary>
    Length,
}
