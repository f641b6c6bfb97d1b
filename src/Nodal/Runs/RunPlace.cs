using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Nodal.Runtime;

namespace Nodal.Runs;

/// <summary>Where a new run is written: the folder asked for, else one named after model, task and time in <c>runs</c>. No two processes get the same.</summary>
internal static class RunPlace
{
    private const string Parent = "runs";

    /// <summary>Makes the folder of a new run, and keeps it for this process.</summary>
    /// <exception cref="NodalException">It is taken, or cannot be made.</exception>
    public static RunFolder Make(string? folder, DiscoverOptions options, TimeProvider time)
    {
        if (folder is not null)
        {
            return TryMake(folder, out var taken) ?? Refuse(folder, taken);
        }

        return Names($"{Name(options.Model)}-{Name(options.Task.Task)}", time).Select(name => TryMake(name, out _)).First(run => run is not null)!;
    }

    /// <summary>Names in <c>runs</c> for something new: with the time, then with a number too.</summary>
    public static IEnumerable<string> Names(string stem, TimeProvider time)
    {
        var name = Path.Combine(Parent, $"{stem}-{time.GetLocalNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}");
        return Enumerable.Range(1, int.MaxValue).Select(number => number == 1 ? name : $"{name}-{number}");
    }

    /// <summary>The folder of a run that is part of a larger work: gone on with where it was begun, else made.</summary>
    /// <exception cref="NodalException">It holds something else, another process is at work in it, or it cannot be made.</exception>
    public static RunFolder Continue(string folder, DiscoverOptions options, TimeProvider time) => IsBegun(folder) ? RunFolder.Resume(folder) : Make(folder, options, time);

    /// <summary>Whether a folder holds a run that can be gone on with; what a kill has left of one that cannot, for it was not configured, is removed.</summary>
    public static bool IsBegun(string folder)
    {
        var path = Path.GetFullPath(folder);
        var begun = new RunFolder(path).CanResume;
        if (!begun && Directory.Exists(path) && RunLock.TryTake(path) is { } held)
        {
            new RunFolder(path, held).Discard();
        }

        return begun;
    }

    /// <returns>The folder, or <see langword="null"/> where it is taken.</returns>
    private static RunFolder? TryMake(string path, out string taken)
    {
        var full = Path.GetFullPath(path);
        taken = File.Exists(full) ? "a file" : "not empty";
        if (File.Exists(full) || (Directory.Exists(full) && !HoldsNothing(full)))
        {
            return null;
        }

        var made = MakeFolders(full);
        if (RunLock.TryTake(full) is not { } held)
        {
            taken = "in use by another process";
            return null;
        }

        // Another process may have used the folder since it was looked at.
        if (!HoldsNothing(full))
        {
            held.Remove();
            return null;
        }

        return new RunFolder(full, held, made);
    }

    [DoesNotReturn]
    private static RunFolder Refuse(string path, string taken)
    {
        Throw.Input(
            "the run folder exists", found: $"{Path.GetFullPath(path)}, {taken}", expected: "a folder that does not exist or is empty", remedy: "Name another folder with --out");
        return null;
    }

    private static MadeFolders MakeFolders(string path)
    {
        try
        {
            return MadeFolders.Make(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Throw.Input("the run folder cannot be made", found: fault.Message.TrimEnd('.'), expected: "a place Nodal may write to", remedy: "Name another folder with --out", fault);
            return null;
        }
    }

    /// <summary>Nothing but the lock: of a process that ended before it wrote anything, or of one at work.</summary>
    private static bool HoldsNothing(string folder) => Directory.EnumerateFileSystemEntries(folder).All(entry => Path.GetFileName(entry) == RunLock.FileName);

    /// <summary>The last part of a path or id, without the ending of a model or pairs file.</summary>
    private static string Name(string reference)
    {
        var last = Path.GetFileName(Path.TrimEndingDirectorySeparator(reference));
        var stem = Path.GetExtension(last) is ".gguf" or ".safetensors" or ".jsonl" or ".json" or ".csv" ? Path.GetFileNameWithoutExtension(last) : last;
        var plain = string.Concat(stem.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-' ? letter : '_')).TrimStart('.');
        return plain.Length > 0 ? plain : "model";
    }
}
