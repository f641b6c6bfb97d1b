using Nodal.Runtime;

namespace Nodal.Weights;

/// <summary>Opens whatever holds a model's weights.</summary>
public static class WeightSource
{
    /// <summary>
    /// Opens a safetensors file, the index of a sharded one, a GGUF file, or the folder that holds one of them. The format is told from the content. Everything
    /// but the tensors' values is read and checked here; dispose the result to unmap the files.
    /// </summary>
    /// <remarks>In a folder <c>model.safetensors</c> comes first, then <c>model.safetensors.index.json</c>, then the only file of a readable format.</remarks>
    /// <param name="path">File or folder.</param>
    /// <exception cref="NodalException">
    /// There is nothing, nothing readable or more than one model; it is a pickle; or a file is damaged. The message says which.
    /// </exception>
    public static IWeightSource Open(string path)
    {
        var file = Directory.Exists(path) ? WeightFolder.Find(path) : path;
        var format = WeightFormats.Of(file);
        if (format == WeightFormat.Pickle)
        {
            Throw.Input(
                $"{file} is not opened", "a Python pickle", "a safetensors or GGUF file, which cannot run code when they are read",
                "Use the model's safetensors files, or convert it with a tool you trust");
        }

        if (format == WeightFormat.Unknown)
        {
            Throw.Input($"{file} is no model file", "bytes that are neither safetensors nor GGUF", "a .safetensors, .safetensors.index.json or .gguf file", "Check the path");
        }

        return format switch
        {
            WeightFormat.Gguf => GgufFile.Open(file),
            WeightFormat.SafetensorsIndex => ShardedSafetensors.Open(file),
            _ => SafetensorsFile.Open(file),
        };
    }
}
