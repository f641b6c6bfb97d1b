namespace Nodal.Runtime;

/// <summary>How libtorch came into the process.</summary>
public enum NativeLoad
{
    /// <summary>Nothing has used a tensor yet.</summary>
    NotYet,

    /// <summary>As TorchSharp's package delivers it.</summary>
    Normal,

    /// <summary>Through a copy of TorchSharp's native library without the version need that this system does not meet.</summary>
    AdaptedCopy,

    /// <summary>It did not load.</summary>
    Failed,
}
