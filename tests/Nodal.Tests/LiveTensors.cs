using static TorchSharp.torch;

namespace Nodal.Tests;

/// <summary>Counts tensors that nobody has disposed of.</summary>
internal static class LiveTensors
{
    public static long Count => Tensor.TotalCount;

    /// <summary>Lets the collector take what earlier tests dropped, so that it cannot do so between two counts.</summary>
    public static void Settle()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }
}
