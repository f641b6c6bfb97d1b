using System.Text.Json;
using Nodal.Weights;

namespace Nodal.Models;

/// <summary>An opened model before it is known what it is: its tensors and, for the Hugging Face layout, its <c>config.json</c>.</summary>
/// <param name="Path">Where it was opened from.</param>
/// <param name="Weights">Tensors and, for GGUF, metadata.</param>
/// <param name="Config">Root of <c>config.json</c>; <see langword="null"/> for GGUF.</param>
internal sealed record ModelFiles(string Path, IWeightSource Weights, JsonElement? Config) : IDisposable
{
    public void Dispose() => Weights.Dispose();
}
