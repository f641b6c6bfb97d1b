namespace Nodal.Models;

/// <summary>The models that Python tools have downloaded to this machine (huggingface_hub's cache).</summary>
internal static class HubCache
{
    /// <summary>The cache's folder: <c>HF_HUB_CACHE</c>, else <c>HF_HOME/hub</c>, else <c>~/.cache/huggingface/hub</c>.</summary>
    /// <param name="variable">The value of an environment variable, where it is set.</param>
    public static string Folder(Func<string, string?> variable) =>
        variable("HF_HUB_CACHE")
        ?? Path.Combine(variable("HF_HOME") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "huggingface"), "hub");

    /// <summary>The folder of a model's main revision: <c>models--owner--name/snapshots/REVISION</c>, of an old id without owner <c>models--name/…</c>.</summary>
    /// <param name="id"><c>owner/name</c>, or <c>name</c>.</param>
    /// <param name="folder">The cache.</param>
    /// <returns><see langword="null"/> where the id is none, or the model is not there.</returns>
    public static string? Snapshot(string id, string folder)
    {
        var parts = id.Split('/');
        if (parts.Length > 2 || parts.Any(string.IsNullOrEmpty) || id.Contains("..", StringComparison.Ordinal))
            return null;

        var model = Path.Combine(folder, $"models--{string.Join("--", parts)}");
        var main = Path.Combine(model, "refs", "main");
        var snapshot = File.Exists(main) ? Path.Combine(model, "snapshots", File.ReadAllText(main).Trim()) : null;
        return Directory.Exists(snapshot) ? snapshot : null;
    }
}
