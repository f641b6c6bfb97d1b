namespace Nodal.Patching;

/// <summary>Which positions of a prompt share one constant of a closed node.</summary>
public enum MeanPositions
{
    /// <summary>Three classes of positions, each with constants of its own: the first position (where attention gathers when it has nothing to look at), the answer position, and all others.</summary>
    Classes,

    /// <summary>All positions share one constant.</summary>
    All,
}
