using System.Globalization;
using Nodal.Runs;

namespace Nodal.Cli.CommandLine;

/// <summary>Where a run is written: the folder asked for, else one named after model, task and time in <c>runs</c>.</summary>
internal sealed class RunPlace : IDisposable
{
    private const string Parent = "runs";
    private readonly bool _removeParent;

    private RunPlace(string folder, bool removeParent) => (Folder, _removeParent) = (folder, removeParent);

    public string Folder { get; }

    public static RunPlace For(string? folder, DiscoverOptions options, TimeProvider time)
    {
        if (folder is not null)
        {
            return new RunPlace(folder, removeParent: false);
        }

        var stamp = time.GetLocalNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        return new RunPlace(Path.Combine(Parent, $"{Name(options.Model)}-{Name(options.Task.Task)}-{stamp}"), removeParent: !Directory.Exists(Parent));
    }

    /// <summary>A run that failed leaves nothing, also not the folder of all runs it made.</summary>
    public void Dispose()
    {
        if (_removeParent && Directory.Exists(Parent) && !Directory.EnumerateFileSystemEntries(Parent).Any())
        {
            Directory.Delete(Parent);
        }
    }

    /// <summary>The last part of a path or id, without the ending of a model or pairs file.</summary>
    private static string Name(string reference)
    {
        var last = Path.GetFileName(Path.TrimEndingDirectorySeparator(reference));
        var stem = Path.GetExtension(last) is ".gguf" or ".safetensors" or ".jsonl" or ".json" or ".csv" ? Path.GetFileNameWithoutExtension(last) : last;
        var plain = string.Concat(stem.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-' ? letter : '_')).TrimStart('.');
        return plain.Length > 0 ? plain : "model";
    }
}
