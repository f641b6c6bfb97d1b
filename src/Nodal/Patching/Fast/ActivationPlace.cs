namespace Nodal.Patching.Fast;

/// <summary>Where the ablated runs of the training pairs are.</summary>
internal enum ActivationPlace
{
    /// <summary>In memory.</summary>
    Memory,

    /// <summary>In a file that is mapped into memory; the system keeps of it what fits.</summary>
    File,

    /// <summary>Nowhere: run anew for each batch.</summary>
    Recomputed,
}
