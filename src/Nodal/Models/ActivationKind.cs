namespace Nodal.Models;

/// <summary>The non-linearity of the MLP.</summary>
public enum ActivationKind
{
    /// <summary>x·σ(x).</summary>
    Silu,

    /// <summary>GELU, exact.</summary>
    Gelu,

    /// <summary>GELU by the tanh approximation (GPT-2's <c>gelu_new</c>).</summary>
    GeluTanh,

    /// <summary>max(0, x).</summary>
    Relu,
}
