using Nodal.Models;
using Nodal.Patching;
using Nodal.Runs;
using Nodal.Runtime;
using Nodal.Tests.Models;

namespace Nodal.Tests.Runs;

public sealed class ConstantsFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nodal-constants-");

    private string FilePath => Path.Combine(_folder.FullName, "constants.safetensors");

    [Theory]
    [InlineData("llama-gqa", MeanPositions.Classes)]
    [InlineData("gpt2", MeanPositions.All)]
    public void Constants_are_read_with_every_bit(string model, MeanPositions positions)
    {
        var written = Constants(TinyModels.Config(model), positions);
        ConstantsFile.Write(FilePath, written);
        var read = ConstantsFile.Read(FilePath, TinyModels.Config(model));

        read.Layout.Positions.ShouldBe(positions);
        read.Values.ShouldBe(written.Values);
    }

    [Fact]
    public void Those_of_another_model_are_refused()
    {
        ConstantsFile.Write(FilePath, Constants(TinyModels.Config("gpt2"), MeanPositions.All));
        Should.Throw<NodalException>(() => ConstantsFile.Read(FilePath, TinyModels.Config("llama-gqa"))).Message.ShouldStartWith($"{FilePath} holds no constants of this model: found heads as F64");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static NodeConstants Constants(ModelConfig config, MeanPositions positions)
    {
        var layout = new ConstantLayout(config, positions);
        var random = new Random(4);
        return new NodeConstants(layout, [.. Enumerable.Range(0, layout.Count).Select(_ => random.NextDouble() - 0.5)]);
    }
}
