using System.Buffers.Binary;

namespace Nodal.Weights;

/// <summary>GGUF k-quants: blocks of 256 weights in groups of 16 or 32, each group with an integer scale (and minimum) under the block's half-precision d (and dmin).</summary>
/// <remarks>
/// Layouts and order of operations as in ggml (<c>dequantize_row_*</c>) and gguf-py, in float32 and without fused multiply-add, so results are the
/// reference's bit for bit: group scale d · s first, then times q, then minus dmin · m.
/// </remarks>
internal static class KQuants
{
    private const int Block = 256;

    /// <summary>16 groups: d · s · q − dmin · m. Block: 16 bytes of s (low nibble) and m (high), 64 bytes of two-bit q, d, dmin.</summary>
    public static void Q2_K(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; values.Length >= Block; blocks = blocks[84..], values = values[Block..])
        {
            var (d, dmin) = (Float(blocks[80..]), Float(blocks[82..]));
            for (var group = 0; group < 16; group++)
            {
                var scale = d * (blocks[group] & 15);
                var minimum = dmin * (blocks[group] >> 4);
                var (half, shift, first) = TwoBitGroup(group);
                var q = blocks.Slice(16 + (32 * half) + first, 16);
                var y = values.Slice(16 * group, 16);
                for (var i = 0; i < y.Length; i++)
                    y[i] = (scale * ((q[i] >> shift) & 3)) - minimum;
            }
        }
    }

    /// <summary>16 groups: d · (s − 32) · (q − 4 · h̄). Block: 32 bytes of high bits h, 64 bytes of two-bit q, 12 bytes of six-bit s, d.</summary>
    public static void Q3_K(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; values.Length >= Block; blocks = blocks[110..], values = values[Block..])
        {
            var d = Float(blocks[108..]);
            var scales = blocks.Slice(96, 12);
            for (var group = 0; group < 16; group++)
            {
                var low = (scales[group % 8] >> (group / 8 * 4)) & 15;
                var high = (scales[8 + (group % 4)] >> (group / 4 * 2)) & 3;
                var scale = d * ((low | (high << 4)) - 32);
                var (half, shift, first) = TwoBitGroup(group);
                var h = blocks.Slice(first, 16);
                var q = blocks.Slice(32 + (32 * half) + first, 16);
                var y = values.Slice(16 * group, 16);
                for (var i = 0; i < y.Length; i++)
                    y[i] = scale * (((q[i] >> shift) & 3) - (((h[i] >> (group / 2)) & 1) == 0 ? 4 : 0));
            }
        }
    }

    /// <summary>8 groups: d · s · q − dmin · m. Block: d, dmin, 12 bytes of six-bit s and m, 128 bytes of four-bit q.</summary>
    public static void Q4_K(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; values.Length >= Block; blocks = blocks[144..], values = values[Block..])
        {
            for (var group = 0; group < 8; group++)
            {
                var (scale, minimum) = ScaleAndMinimum(blocks, group);
                var q = blocks.Slice(16 + (32 * (group / 2)), 32);
                var shift = group % 2 * 4;
                var y = values.Slice(32 * group, 32);
                for (var i = 0; i < y.Length; i++)
                    y[i] = (scale * ((q[i] >> shift) & 15)) - minimum;
            }
        }
    }

    /// <summary>8 groups: d · s · q − dmin · m. Block: d, dmin, 12 bytes of six-bit s and m, 32 bytes of fifth bits, 128 bytes of four-bit q.</summary>
    public static void Q5_K(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; values.Length >= Block; blocks = blocks[176..], values = values[Block..])
        {
            var fifth = blocks.Slice(16, 32);
            for (var group = 0; group < 8; group++)
            {
                var (scale, minimum) = ScaleAndMinimum(blocks, group);
                var q = blocks.Slice(48 + (32 * (group / 2)), 32);
                var shift = group % 2 * 4;
                var y = values.Slice(32 * group, 32);
                for (var i = 0; i < y.Length; i++)
                    y[i] = (scale * (((q[i] >> shift) & 15) | (((fifth[i] >> group) & 1) << 4))) - minimum;
            }
        }
    }

    /// <summary>16 groups: d · s · (q − 32). Block: 128 bytes of low nibbles, 64 bytes of high two bits, 16 signed bytes s, d.</summary>
    public static void Q6_K(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; values.Length >= Block; blocks = blocks[210..], values = values[Block..])
        {
            var d = Float(blocks[208..]);
            for (var group = 0; group < 16; group++)
            {
                var scale = d * (sbyte)blocks[192 + group];
                var (half, highShift, first) = TwoBitGroup(group);
                var low = blocks.Slice((64 * half) + (16 * (group % 4)), 16);
                var lowShift = group % 8 / 4 * 4;
                var high = blocks.Slice(128 + (32 * half) + first, 16);
                var y = values.Slice(16 * group, 16);
                for (var i = 0; i < y.Length; i++)
                    y[i] = scale * ((((low[i] >> lowShift) & 15) | (((high[i] >> highShift) & 3) << 4)) - 32);
            }
        }
    }

    // Two-bit weights: each half of the block is 32 bytes, read four times, two bits further each time; a group is half of such a reading.
    private static (int Half, int Shift, int First) TwoBitGroup(int group) => (group / 8, group % 8 / 2 * 2, group % 2 * 16);

    // Twelve bytes a, b, c of four each: groups 0-3 are the low six bits of a (scale) and b (minimum); groups 4-7 take four bits
    // of c (low nibble scale, high nibble minimum) and their top two bits from a and b.
    private static (float Scale, float Minimum) ScaleAndMinimum(ReadOnlySpan<byte> block, int group)
    {
        var (a, b, c) = (block[4 + (group % 4)], block[8 + (group % 4)], block[12 + (group % 4)]);
        var (scale, minimum) = group < 4 ? (a & 63, b & 63) : ((c & 15) | ((a >> 2) & 48), (c >> 4) | ((b >> 2) & 48));
        return (Float(block) * scale, Float(block[2..]) * minimum);
    }

    private static float Float(ReadOnlySpan<byte> bytes) => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes);
}
