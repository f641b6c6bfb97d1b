using Nodal.Runtime;

namespace Nodal.Weights;

/// <summary>Checks how tensors share a file.</summary>
internal static class TensorLayout
{
    /// <summary>Nothing overlaps. GGUF pads between tensors, so gaps are left alone here.</summary>
    public static void CheckOverlaps(string file, IEnumerable<TensorLocation> tensors)
    {
        TensorLocation? before = null;
        foreach (var tensor in InFileOrder(tensors))
        {
            if (before is { } previous && tensor.Offset < previous.End)
            {
                Throw.Input(
                    $"{file}: tensors overlap", $"{Text(previous)} and {Text(tensor)}", "every byte to belong to at most one tensor",
                    "The file is damaged or hostile; get it again from a source you trust");
            }

            before = tensor;
        }
    }

    /// <summary>Tensors fill the file from <paramref name="start"/> to <paramref name="end"/> without a gap, as the safetensors format asks.</summary>
    public static void CheckNoGaps(string file, IEnumerable<TensorLocation> tensors, long start, long end)
    {
        foreach (var tensor in InFileOrder(tensors))
        {
            CheckGap(file, start, tensor.Offset);
            start = tensor.End;
        }

        CheckGap(file, start, end);
    }

    private static IEnumerable<TensorLocation> InFileOrder(IEnumerable<TensorLocation> tensors) =>
        tensors.Where(tensor => tensor.Bytes > 0).OrderBy(tensor => tensor.Offset);

    private static void CheckGap(string file, long from, long to)
    {
        if (from != to)
        {
            Throw.Input(
                $"{file}: bytes that belong to no tensor", $"{to - from} of them at byte {from}", "tensors that fill the file without gaps, as safetensors asks",
                "The file is damaged or hides other data; get it again from a source you trust");
        }
    }

    private static string Text(TensorLocation tensor) => $"{Quoted.Name(tensor.Entry.Name)} in bytes {tensor.Offset} to {tensor.End}";
}
