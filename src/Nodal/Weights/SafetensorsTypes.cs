using Nodal.Runtime;

namespace Nodal.Weights;

/// <summary>The names safetensors gives to types.</summary>
internal static class SafetensorsTypes
{
    public static TensorType Parse(string file, string tensor, string name)
    {
        TensorType? type = name switch
        {
            "F64" => TensorType.F64,
            "F32" => TensorType.F32,
            "F16" => TensorType.F16,
            "BF16" => TensorType.BF16,
            "I64" => TensorType.I64,
            "I32" => TensorType.I32,
            "I16" => TensorType.I16,
            "I8" => TensorType.I8,
            "U8" => TensorType.U8,
            "BOOL" => TensorType.Bool,
            _ => null,
        };
        if (type is null)
        {
            Throw.Input(
                $"{file}, tensor {Quoted.Name(tensor)}: the type is not read", Quoted.Name(name), "F64, F32, F16, BF16, I64, I32, I16, I8, U8 or BOOL",
                "Convert the model to float32 or bfloat16");
        }

        return type.Value;
    }
}
