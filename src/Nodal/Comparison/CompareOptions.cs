namespace Nodal.Comparison;

/// <summary>Two circuits to compare, and the circuits to make of them.</summary>
public sealed record CompareOptions
{
    /// <summary>A run folder, or a circuit file.</summary>
    public required string One { get; init; }

    /// <summary>Another.</summary>
    public required string Other { get; init; }

    /// <summary>File for the circuit of what both keep; default none.</summary>
    public string? Intersection { get; init; }

    /// <summary>File for the circuit of what either keeps; default none.</summary>
    public string? Union { get; init; }

    /// <summary>File for the circuit of what the first keeps and the second does not; default none.</summary>
    public string? Difference { get; init; }
}
