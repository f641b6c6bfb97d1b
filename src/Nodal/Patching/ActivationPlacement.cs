namespace Nodal.Patching;

/// <summary>Where the corrupted runs of the training pairs are.</summary>
public enum ActivationPlacement
{
    /// <summary>In memory where they fit, else in a file where the disk has room, else nowhere.</summary>
    Auto,

    /// <summary>In memory.</summary>
    Memory,

    /// <summary>In a file of the run folder that is mapped into memory; the system keeps of it what fits. Not with the plain engine.</summary>
    File,

    /// <summary>Nowhere: run anew for each batch.</summary>
    Recompute,
}
