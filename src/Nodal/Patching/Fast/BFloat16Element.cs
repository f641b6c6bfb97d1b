using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static TorchSharp.torch;

namespace Nodal.Patching.Fast;

/// <summary>bfloat16: the upper half of a float32.</summary>
internal readonly unsafe record struct BFloat16Element(ushort Bits) : IElement<BFloat16Element>
{
    public static ScalarType Type => ScalarType.BFloat16;

    public static Vector512<float> Load(BFloat16Element* source)
    {
        var bits = Avx512F.IsSupported
            ? Avx512F.ConvertToVector512UInt32(Vector256.Load((ushort*)source))
            : Widen(Vector256.Load((ushort*)source));
        return (bits << 16).AsSingle();
    }

    public static void Store(Vector512<float> value, BFloat16Element* target)
    {
        // Round to nearest, ties to even: add half of the last kept place, less one where that place is even. No value here is NaN.
        var bits = value.AsUInt32();
        var rounded = (bits + Vector512.Create(0x7FFFu) + ((bits >> 16) & Vector512<uint>.One)) >> 16;
        var narrow = Avx512F.IsSupported
            ? Avx512F.ConvertToVector256UInt16(rounded)
            : Vector256.Narrow(rounded.GetLower(), rounded.GetUpper());
        narrow.Store((ushort*)target);
    }

    public static float Widen(BFloat16Element value) => BitConverter.UInt32BitsToSingle((uint)value.Bits << 16);

    public static BFloat16Element Narrow(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return new((ushort)((bits + 0x7FFFu + ((bits >> 16) & 1)) >> 16));
    }

    private static Vector512<uint> Widen(Vector256<ushort> bits)
    {
        var (lower, upper) = Vector256.Widen(bits);
        return Vector512.Create(lower, upper);
    }
}
