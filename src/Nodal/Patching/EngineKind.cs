namespace Nodal.Patching;

/// <summary>Which implementation runs the gated model.</summary>
public enum EngineKind
{
    /// <summary>The fast one on a CPU.</summary>
    Auto,

    /// <summary>Hand-written passes over the open part of the model, on the CPU.</summary>
    Fast,

    /// <summary>The whole model under libtorch's autograd: short, slow, and what the fast one is tested against.</summary>
    Plain,
}
