using Nodal.Runtime;

namespace Nodal.Models;

/// <summary>Finds the files of a model that was named by an id or a path.</summary>
internal static class ModelLocation
{
    /// <summary>A file or folder that exists.</summary>
    /// <exception cref="NodalException">Nothing of that name is on this machine.</exception>
    public static string Find(string reference)
    {
        if (EmbeddedModel.Named(reference) is { } embedded)
        {
            return EmbeddedModel.Folder(embedded);
        }

        if (File.Exists(reference) || Directory.Exists(reference))
        {
            return Path.GetFullPath(reference);
        }

        if (HubCache.Snapshot(reference, HubCache.Folder(Environment.GetEnvironmentVariable)) is { } snapshot)
        {
            return snapshot;
        }

        Throw.Input(
            "there is no such model", found: $"'{reference}'",
            expected: $"{string.Join(", ", EmbeddedModel.All)}, the path of a safetensors or GGUF file or folder, or the id of a model in the Hugging Face cache of this machine",
            remedy: "Check the path, or download the model first (hf download ID)");
        return null;
    }
}
