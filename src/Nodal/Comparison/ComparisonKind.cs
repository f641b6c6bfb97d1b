namespace Nodal.Comparison;

/// <summary>What two compared circuits have in common, from the most to the least.</summary>
public enum ComparisonKind
{
    /// <summary>Model, task and method; not the seed.</summary>
    Seed,

    /// <summary>Model and task; method, ablation, size or what has gates may be others.</summary>
    Settings,

    /// <summary>The model; not the task.</summary>
    Task,

    /// <summary>The model's dimensions; not its weights, so that nodes are the same by their place alone.</summary>
    Weights,

    /// <summary>Not even the dimensions: no node of one is a node of the other.</summary>
    Dimensions,
}
