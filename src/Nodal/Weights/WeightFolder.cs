using Nodal.Runtime;

namespace Nodal.Weights;

/// <summary>Finds the weights in a model's folder.</summary>
internal static class WeightFolder
{
    private const string Single = "model.safetensors";
    private const string IndexExtension = ".safetensors.index.json";
    private const int MostShown = 6;

    private static readonly string[] Extensions = [IndexExtension, ".safetensors", ".gguf"];
    private static readonly string[] PickleExtensions = [".bin", ".pt", ".pth", ".ckpt"];

    /// <summary>Path of the file to open.</summary>
    public static string Find(string folder)
    {
        string[] preferred = [Path.Combine(folder, Single), Path.Combine(folder, "model" + IndexExtension)];
        var first = Array.Find(preferred, File.Exists);
        if (first is not null)
        {
            return first;
        }

        var files = Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).ToList();
        foreach (var extension in Extensions)
        {
            var matches = files.FindAll(file => file.EndsWith(extension, StringComparison.OrdinalIgnoreCase));
            if (matches.Count > 1)
            {
                Throw.Input($"{folder} holds several models", Names(matches), "one", "Give the path of the file itself");
            }

            if (matches.Count == 1)
            {
                return matches[0];
            }
        }

        RefuseFolder(folder, files);
        return "";
    }

    private static void RefuseFolder(string folder, List<string> files)
    {
        var pickles = files.FindAll(file => PickleExtensions.Any(extension => file.EndsWith(extension, StringComparison.OrdinalIgnoreCase)));
        if (pickles.Count > 0)
        {
            Throw.Input(
                $"{folder} holds weights as Python pickles only", Names(pickles), "safetensors or GGUF files, which cannot run code when they are read",
                "Download the model's safetensors files, or convert it with a tool you trust");
        }

        Throw.Input($"{folder} holds no model", files.Count == 0 ? "an empty folder" : Names(files), "a .safetensors, .safetensors.index.json or .gguf file", "Check the path");
    }

    private static string Names(List<string> files) =>
        string.Join(", ", files.Take(MostShown).Select(file => Quoted.Name(Path.GetFileName(file)))) + (files.Count > MostShown ? $" and {files.Count - MostShown} more" : "");
}
