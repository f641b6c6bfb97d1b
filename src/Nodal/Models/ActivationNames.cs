using Nodal.Runtime;

namespace Nodal.Models;

/// <summary>Hugging Face's names of non-linearities.</summary>
internal static class ActivationNames
{
    public static ActivationKind Parse(string name)
    {
        switch (name)
        {
            case "silu" or "swish":
                return ActivationKind.Silu;
            case "gelu":
                return ActivationKind.Gelu;
            case "gelu_new" or "gelu_pytorch_tanh" or "gelu_fast":
                return ActivationKind.GeluTanh;
            case "relu":
                return ActivationKind.Relu;
            default:
                Throw.Input(
                    "config.json asks for an activation Nodal does not know", found: $"'{name}'",
                    expected: "silu, gelu, gelu_new, gelu_pytorch_tanh or relu", remedy: "Use a model with one of these");
                return default;
        }
    }
}
