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

        if (FromHubCache(reference) is { } snapshot)
        {
            return snapshot;
        }

        Throw.Input(
            "there is no such model", found: $"'{reference}'",
            expected: $"{string.Join(", ", EmbeddedModel.All)}, the path of a safetensors or GGUF file or folder, or the id of a model in the Hugging Face cache of this machine",
            remedy: "Check the path, or download the model first (hf download ID)");
        return null;
    }

    /// <summary>The snapshot of a hub id that Python tools have downloaded: <c>HF_HOME/hub/models--owner--name/snapshots/revision</c>.</summary>
    private static string? FromHubCache(string id)
    {
        if (id.Split('/') is not [{ Length: > 0 } owner, { Length: > 0 } name] || id.Contains("..", StringComparison.Ordinal))
        {
            return null;
        }

        var home = Environment.GetEnvironmentVariable("HF_HOME")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "huggingface");
        var folder = Path.Combine(home, "hub", $"models--{owner}--{name}");
        var main = Path.Combine(folder, "refs", "main");
        var snapshot = File.Exists(main) ? Path.Combine(folder, "snapshots", File.ReadAllText(main).Trim()) : null;
        return Directory.Exists(snapshot) ? snapshot : null;
    }
}
