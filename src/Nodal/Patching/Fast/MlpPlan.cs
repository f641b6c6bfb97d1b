namespace Nodal.Patching.Fast;

/// <summary>What is open of one MLP block, and its weights: those of closed neurons and outputs are left out.</summary>
internal sealed record MlpPlan<T>
    where T : unmanaged, IElement<T>
{
    /// <summary>Open hidden neurons.</summary>
    public required int[] Hidden { get; init; }

    /// <summary>(columns): their gates; 0 beyond them.</summary>
    public required float[] HiddenGates { get; init; }

    /// <summary>Whether they are all 1, so that nothing need be multiplied.</summary>
    public required bool WhollyOpen { get; init; }

    /// <summary>Open outputs; at least one.</summary>
    public required int[] Outputs { get; init; }

    /// <summary>(output columns): block gate times theirs; 0 beyond them.</summary>
    public required float[] OutputFactors { get; init; }

    /// <summary>(2 columns, d') or (columns, d').</summary>
    public required Matrix<T> Inputs { get; init; }

    /// <summary>(columns, output columns).</summary>
    public required Matrix<T> Down { get; init; }

    /// <summary>Padded number of open hidden neurons.</summary>
    public int Columns => HiddenGates.Length;

    /// <summary>Padded number of open outputs.</summary>
    public int OutputColumns => OutputFactors.Length;
}
