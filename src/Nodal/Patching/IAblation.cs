using static TorchSharp.torch;

namespace Nodal.Patching;

/// <summary>Makes the ablated run of a batch.</summary>
internal interface IAblation : IDisposable
{
    /// <summary>The ablated run of a batch, in the caller's dispose scope.</summary>
    /// <param name="clean">(b, t) int64.</param>
    /// <param name="corrupted">(b, t) int64.</param>
    /// <param name="answerPosition">Where all of them are asked.</param>
    AblatedRun Run(Tensor clean, Tensor corrupted, int answerPosition);

    /// <summary>Whether the run depends on the pair, so that keeping it costs memory for each pair.</summary>
    bool PerPair { get; }
}
