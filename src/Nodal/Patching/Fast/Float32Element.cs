using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace Nodal.Patching.Fast;

/// <summary>IEEE single precision.</summary>
internal readonly unsafe record struct Float32Element(float Value) : IElement<Float32Element>
{
    public static ScalarType Type => ScalarType.Float32;

    public static Vector512<float> Load(Float32Element* source) => Vector512.Load((float*)source);

    public static void Store(Vector512<float> value, Float32Element* target) => value.Store((float*)target);

    public static float Widen(Float32Element value) => value.Value;

    public static Float32Element Narrow(float value) => new(value);
}
