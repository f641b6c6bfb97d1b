using System.Collections.Immutable;
using Nodal.Runtime;

namespace Nodal.Weights;

/// <summary>The tensor descriptions of a GGUF file.</summary>
internal static class GgufTensors
{
    // Length of the name, number of dimensions, type, offset.
    private const int LeastBytes = 8 + 4 + 4 + 8;

    // ggml's own limit.
    private const int MostDimensions = 4;

    /// <summary>Reads <paramref name="count"/> descriptions; offsets are still from the start of the data.</summary>
    public static List<TensorLocation> Read(ref GgufCursor cursor, ulong count, uint alignment)
    {
        cursor.CheckThings(count, LeastBytes, "the number of tensors");
        var names = new HashSet<string>(StringComparer.Ordinal);
        var tensors = new List<TensorLocation>();
        for (var i = 0UL; i < count; i++)
        {
            var name = cursor.Text("the name of a tensor");
            if (!names.Add(name))
            {
                cursor.Fault("a tensor stands twice", Quoted.Name(name), "every name once");
            }

            tensors.Add(Tensor(ref cursor, name, alignment));
        }

        return tensors;
    }

    private static TensorLocation Tensor(ref GgufCursor cursor, string name, uint alignment)
    {
        var what = $"tensor {Quoted.Name(name)}";
        var shape = Shape(ref cursor, what);
        var type = Type(ref cursor, what);
        var offset = cursor.Number<ulong>(what);
        if (offset > long.MaxValue || offset % alignment != 0)
        {
            cursor.Fault(what, $"offset {offset}", $"a multiple of the alignment {alignment} below 2^63");
        }

        return new TensorLocation(new TensorEntry(name, type, shape), (long)offset, TensorLocation.BytesOf(cursor.File, name, type, shape));
    }

    private static ImmutableArray<long> Shape(ref GgufCursor cursor, string what)
    {
        var dimensions = cursor.Number<uint>(what);
        if (dimensions > MostDimensions)
        {
            cursor.Fault(what, $"{dimensions} dimensions", $"at most {MostDimensions}");
        }

        var sizes = cursor.Numbers<long>(dimensions, what);
        if (sizes.Any(size => size < 0))
        {
            cursor.Fault(what, $"a dimension of {(ulong)sizes.First(size => size < 0)}", "fewer than 2^63 elements");
        }

        // The file has the innermost dimension first.
        Array.Reverse(sizes);
        return [.. sizes];
    }

    private static TensorType Type(ref GgufCursor cursor, string what)
    {
        var number = cursor.Number<uint>(what);
        var type = GgufTensorType.Parse(number);
        if (type is null)
        {
            Throw.Input(
                $"{cursor.File}, {what}: the type is not read", GgufTensorType.Name(number), "F32, F16, BF16, F64, Q4_0, Q4_1, Q5_0, Q5_1, Q8_0, Q2_K to Q6_K or an integer type",
                "Use another quantisation of the model, for example Q8_0");
        }

        return type.Value;
    }
}
