using Nodal.Models;
using Nodal.Tests.Patching;
using static TorchSharp.torch;

namespace Nodal.Tests.Models;

/// <summary>What holds of every folder that one of the tiny models was written to.</summary>
internal static class ReadModels
{
    /// <param name="folder">Where the model stands.</param>
    /// <param name="name">Which of <see cref="TinyModels"/> it is.</param>
    public static void ShouldBeTheModel(string folder, string name)
    {
        using var read = ModelLoader.Load(folder);
        using var written = TinyModels.Make(name, ScalarType.Float32);
        using var scope = NewDisposeScope();
        var config = TinyModels.Config(name);
        var tokens = TinyPairs.Clean(TinyPairs.Make(config, count: 3));

        read.Transformer.Config.ShouldBe(config);
        read.Transformer.Forward(tokens).ShouldBeWithin(written.Forward(tokens), 1e-6);
    }

    /// <param name="folder">Where the model stands.</param>
    /// <param name="weights">How many tensors it has.</param>
    public static void ShouldLeaveOnly(string folder, int weights)
    {
        // Holds what is not disposed of out of the collector's reach.
        using var scope = NewDisposeScope();
        LiveTensors.Settle();
        var before = LiveTensors.Count;
        using var read = ModelLoader.Load(folder);

        LiveTensors.Count.ShouldBe(before + weights);
    }
}
