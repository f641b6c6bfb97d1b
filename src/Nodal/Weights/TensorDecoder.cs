using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Nodal.Weights;

/// <summary>Bytes of whole blocks to numbers.</summary>
internal static class TensorDecoder
{
    public static bool IsInteger(TensorType type) => type is TensorType.I64 or TensorType.I32 or TensorType.I16 or TensorType.I8 or TensorType.U8;

    public static void ToFloat32(TensorType type, ReadOnlySpan<byte> blocks, Span<float> values)
    {
        switch (type)
        {
            case TensorType.F32: blocks.CopyTo(MemoryMarshal.AsBytes(values)); break;
            case TensorType.F64: Convert<double, float>(blocks, values); break;
            case TensorType.F16: Convert<Half, float>(blocks, values); break;
            case TensorType.BF16: WidenBFloat16(blocks, values); break;
            case TensorType.I64: Convert<long, float>(blocks, values); break;
            case TensorType.I32: Convert<int, float>(blocks, values); break;
            case TensorType.I16: Convert<short, float>(blocks, values); break;
            case TensorType.I8: Convert<sbyte, float>(blocks, values); break;
            case TensorType.U8: Convert<byte, float>(blocks, values); break;
            case TensorType.Bool: WidenBool(blocks, values); break;
            case TensorType.Q4_0: LegacyQuants.Q4_0(blocks, values); break;
            case TensorType.Q4_1: LegacyQuants.Q4_1(blocks, values); break;
            case TensorType.Q5_0: LegacyQuants.Q5_0(blocks, values); break;
            case TensorType.Q5_1: LegacyQuants.Q5_1(blocks, values); break;
            case TensorType.Q8_0: LegacyQuants.Q8_0(blocks, values); break;
            case TensorType.Q2_K: KQuants.Q2_K(blocks, values); break;
            case TensorType.Q3_K: KQuants.Q3_K(blocks, values); break;
            case TensorType.Q4_K: KQuants.Q4_K(blocks, values); break;
            case TensorType.Q5_K: KQuants.Q5_K(blocks, values); break;
            case TensorType.Q6_K: KQuants.Q6_K(blocks, values); break;
            default: throw new ArgumentOutOfRangeException(nameof(type), type, "a type without a decoder");
        }
    }

    public static void ToFloat64(TensorType type, ReadOnlySpan<byte> blocks, Span<double> values)
    {
        if (type == TensorType.F64)
        {
            blocks.CopyTo(MemoryMarshal.AsBytes(values));
            return;
        }

        var narrow = new float[values.Length];
        ToFloat32(type, blocks, narrow);
        TensorPrimitives.ConvertTruncating<float, double>(narrow, values);
    }

    public static void ToInt64(TensorType type, ReadOnlySpan<byte> elements, Span<long> values)
    {
        switch (type)
        {
            case TensorType.I64: elements.CopyTo(MemoryMarshal.AsBytes(values)); break;
            case TensorType.I32: Convert<int, long>(elements, values); break;
            case TensorType.I16: Convert<short, long>(elements, values); break;
            case TensorType.I8: Convert<sbyte, long>(elements, values); break;
            case TensorType.U8: Convert<byte, long>(elements, values); break;
            default: throw new ArgumentOutOfRangeException(nameof(type), type, "not an integer type");
        }
    }

    private static void Convert<TFrom, TTo>(ReadOnlySpan<byte> elements, Span<TTo> values)
        where TFrom : unmanaged, INumberBase<TFrom>
        where TTo : unmanaged, INumberBase<TTo> =>
        TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, TFrom>(elements), values);

    private static void WidenBFloat16(ReadOnlySpan<byte> elements, Span<float> values)
    {
        var bits = MemoryMarshal.Cast<float, uint>(values);
        TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, ushort>(elements), bits);
        TensorPrimitives.ShiftLeft<uint>(bits, 16, bits);
    }

    private static void WidenBool(ReadOnlySpan<byte> elements, Span<float> values)
    {
        for (var i = 0; i < values.Length; i++)
            values[i] = elements[i] == 0 ? 0 : 1;
    }
}
