using System.Buffers.Binary;

namespace Nodal.Weights;

/// <summary>GGUF's first quantisations: blocks of 32 weights with a half-precision scale d and, in the <c>_1</c> forms, a minimum m.</summary>
/// <remarks>
/// Layouts and order of operations as in ggml (<c>dequantize_row_*</c>) and gguf-py, in float32 and without fused multiply-add, so results are the
/// reference's bit for bit. Four-bit weight i stands in the low nibble of byte i for i &lt; 16 and in the high nibble of byte i − 16 above; the fifth bit
/// of weight i is bit i of a little-endian word.
/// </remarks>
internal static class LegacyQuants
{
    private const int Block = 32;
    private const int Half = Block / 2;

    /// <summary>d · (q − 8). Block: d, 16 bytes q.</summary>
    public static void Q4_0(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; values.Length >= Block; blocks = blocks[18..], values = values[Block..])
        {
            var d = Float(blocks);
            var q = blocks.Slice(2, Half);
            for (var i = 0; i < q.Length; i++)
            {
                values[i] = d * ((q[i] & 15) - 8);
                values[i + Half] = d * ((q[i] >> 4) - 8);
            }
        }
    }

    /// <summary>d · q + m. Block: d, m, 16 bytes q.</summary>
    public static void Q4_1(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; values.Length >= Block; blocks = blocks[20..], values = values[Block..])
        {
            var (d, m) = (Float(blocks), Float(blocks[2..]));
            var q = blocks.Slice(4, Half);
            for (var i = 0; i < q.Length; i++)
            {
                values[i] = (d * (q[i] & 15)) + m;
                values[i + Half] = (d * (q[i] >> 4)) + m;
            }
        }
    }

    /// <summary>d · (q − 16). Block: d, 4 bytes of fifth bits, 16 bytes q.</summary>
    public static void Q5_0(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; values.Length >= Block; blocks = blocks[22..], values = values[Block..])
        {
            var d = Float(blocks);
            var fifth = BinaryPrimitives.ReadUInt32LittleEndian(blocks[2..]);
            var q = blocks.Slice(6, Half);
            for (var i = 0; i < q.Length; i++)
            {
                values[i] = d * (((q[i] & 15) | FifthBit(fifth, i)) - 16);
                values[i + Half] = d * (((q[i] >> 4) | FifthBit(fifth, i + Half)) - 16);
            }
        }
    }

    /// <summary>d · q + m. Block: d, m, 4 bytes of fifth bits, 16 bytes q.</summary>
    public static void Q5_1(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; values.Length >= Block; blocks = blocks[24..], values = values[Block..])
        {
            var (d, m) = (Float(blocks), Float(blocks[2..]));
            var fifth = BinaryPrimitives.ReadUInt32LittleEndian(blocks[4..]);
            var q = blocks.Slice(8, Half);
            for (var i = 0; i < q.Length; i++)
            {
                values[i] = (d * ((q[i] & 15) | FifthBit(fifth, i))) + m;
                values[i + Half] = (d * ((q[i] >> 4) | FifthBit(fifth, i + Half))) + m;
            }
        }
    }

    /// <summary>d · q. Block: d, 32 signed bytes q.</summary>
    public static void Q8_0(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; values.Length >= Block; blocks = blocks[34..], values = values[Block..])
        {
            var d = Float(blocks);
            var q = blocks.Slice(2, Block);
            for (var i = 0; i < q.Length; i++)
                values[i] = d * (sbyte)q[i];
        }
    }

    private static float Float(ReadOnlySpan<byte> bytes) => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes);

    private static int FifthBit(uint bits, int i) => (int)((bits >> i) & 1) << 4;
}
