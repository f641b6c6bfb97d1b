using Nodal.Patching.Fast;
using Nodal.Tests.Models;

namespace Nodal.Tests.Patching.Fast;

public sealed unsafe class EmbeddingsTests
{
    /// <summary>19 tokens and 12 positions.</summary>
    [Theory]
    [InlineData(-1, 0)]
    [InlineData(19, 0)]
    [InlineData(0, 12)]
    public void Beyond_its_tables_nothing_is_read(int token, int position)
    {
        using var model = TinyModels.Make("gpt2");
        using var embeddings = new Embeddings(model);

        Should.NotThrow(() => Set(embeddings, 18, 11));
        Should.Throw<ArgumentOutOfRangeException>(() => Set(embeddings, token, position));
    }

    private static void Set(Embeddings embeddings, int token, int position)
    {
        var stream = new float[TinyModels.Config("gpt2").Width];
        fixed (float* first = stream)
        {
            embeddings.Set(token, position, first);
        }
    }
}
