using System.Collections.Immutable;
using Nodal.Runtime;

namespace Nodal.Runs;

/// <summary>The folder of a sweep: run folders, and <c>settings.json</c>, by which a later call sees whether it goes on with the same sweep.</summary>
internal static class SweepFolder
{
    private const string FileName = "settings.json";

    private sealed record Settings(ImmutableArray<string> Words, ImmutableArray<string> Keys);

    /// <summary>Makes the folder, or takes one that a sweep with the same settings and keys has begun; it may have other values of the keys.</summary>
    /// <returns>Its whole path.</returns>
    /// <exception cref="NodalException">It holds something else, or cannot be made.</exception>
    public static string Make(string folder, SweepPlan plan)
    {
        var (path, settings) = (Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)), new Settings(plan.Settings, plan.Keys));
        var file = Path.Combine(path, FileName);
        if (File.Exists(file))
        {
            Expect(folder, NodalJson.Read<Settings>(file, "sweep's settings"), settings);
            return path;
        }

        if (File.Exists(path) || (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any()))
        {
            Throw.Input(
                "the sweep's folder is taken", found: $"{path}, {(File.Exists(path) ? "a file" : "not empty and of no sweep")}", expected: "a folder that does not exist, is empty, or holds this sweep",
                remedy: "Name another folder with --out");
        }

        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Throw.Input("the sweep's folder cannot be made", found: fault.Message.TrimEnd('.'), expected: "a place Nodal may write to", remedy: "Name another folder with --out", fault);
        }

        RunFolder.WriteJson(file, settings);
        return path;
    }

    private static void Expect(string folder, Settings found, Settings expected)
    {
        if (!found.Words.SequenceEqual(expected.Words) || !found.Keys.SequenceEqual(expected.Keys))
        {
            Throw.Input(
                $"{folder} holds a sweep of other settings", found: Text(found), expected: Text(expected),
                remedy: "Give the settings it has begun with, or name another folder with --out");
        }
    }

    private static string Text(Settings settings) => string.Join(' ', settings.Words.Concat(settings.Keys.Select(key => $"--over {key}=…")));
}
