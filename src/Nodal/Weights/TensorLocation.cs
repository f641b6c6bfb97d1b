using System.Collections.Immutable;
using Nodal.Runtime;

namespace Nodal.Weights;

/// <summary>A tensor and where its bytes are.</summary>
/// <param name="Entry">What the file says of it.</param>
/// <param name="Offset">First byte, from the start of the file.</param>
/// <param name="Bytes">Number of bytes; agrees with type and shape.</param>
internal readonly record struct TensorLocation(TensorEntry Entry, long Offset, long Bytes)
{
    /// <summary>One past the last byte.</summary>
    public long End => Offset + Bytes;

    /// <summary>Bytes that a type and shape need, checked against overflow and rows of broken blocks.</summary>
    public static long BytesOf(string file, string name, TensorType type, ImmutableArray<long> shape)
    {
        var format = TensorFormat.Of(type);
        if (!format.FitsRows(shape.AsSpan()))
        {
            Throw.Input(
                $"{file}, tensor {Quoted.Name(name)}: rows of {type} hold whole blocks", $"shape {ShapeText(shape)}",
                $"an innermost dimension divisible by {format.BlockElements}", "The file is damaged or was made by a faulty converter; get it again");
        }

        var bytes = format.Bytes(shape.AsSpan());
        if (bytes is null)
        {
            Throw.Input(
                $"{file}, tensor {Quoted.Name(name)}: the shape is absurd", $"shape {ShapeText(shape)} of {type}",
                "fewer than 2^63 elements and bytes", "The file is damaged; get it again from a source you trust");
        }

        return bytes.Value;
    }

    private static string ShapeText(ImmutableArray<long> shape) => $"[{string.Join(", ", shape)}]";
}
