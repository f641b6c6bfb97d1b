namespace Nodal.Patching;

/// <summary>What a closed node outputs.</summary>
public enum AblationKind
{
    /// <summary>Its activation on the corrupted prompt, position by position.</summary>
    Counterfactual,

    /// <summary>Its mean over the positions of the corrupted prompts, class by class (<see cref="MeanPositions"/>).</summary>
    Mean,

    /// <summary>Zero; a closed block also loses its output bias.</summary>
    Zero,

    /// <summary>A constant for each class of positions, the mean at first, that is trained along with the scores.</summary>
    Learned,
}
