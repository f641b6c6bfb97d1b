using System.Text.Json;
using Nodal.Runtime;

namespace Nodal.Runs;

/// <summary>The files of one run (DESIGN.md §8); each appears whole, and <c>DONE</c> last.</summary>
internal sealed class RunFolder
{
    private RunFolder(string path) => Path = path;

    public string Path { get; }

    public string Config => In("config.json");

    public string Environment => In("environment.json");

    public string Metrics => In("metrics.jsonl");

    public string Ranking => In("ranking.safetensors");

    public string Circuit => In("circuit.json");

    public string Evaluation => In("evaluation.json");

    /// <summary>Corrupted runs, while scores are trained.</summary>
    public string Activations => In("activations.bin");

    private string Done => In("DONE");

    /// <summary>Makes the folder of a new run.</summary>
    /// <exception cref="NodalException">It exists and is not empty, or cannot be made.</exception>
    public static RunFolder Create(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        if (File.Exists(full) || (Directory.Exists(full) && Directory.EnumerateFileSystemEntries(full).Any()))
        {
            Throw.Input(
                "the run folder exists", found: $"{full}, not empty", expected: "a folder that does not exist or is empty",
                remedy: "Name another folder with --out, or delete this one");
        }

        try
        {
            Directory.CreateDirectory(full);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Throw.Input("the run folder cannot be made", found: fault.Message.TrimEnd('.'), expected: "a place Nodal may write to", remedy: "Name another folder with --out", fault);
        }

        return new RunFolder(full);
    }

    /// <summary>The folder of a finished run.</summary>
    /// <exception cref="NodalException">There is none, or the run did not finish.</exception>
    public static RunFolder Open(string path)
    {
        var folder = new RunFolder(System.IO.Path.GetFullPath(path));
        if (!IsFinished(folder.Path))
        {
            Throw.Input(
                $"{path} is no finished run", found: Directory.Exists(path) ? "a folder without config.json and DONE" : "no such folder",
                expected: "a folder that nodal discover has written", remedy: "Check the path, or run nodal discover");
        }

        return folder;
    }

    /// <summary>Whether a folder holds a finished run.</summary>
    public static bool IsFinished(string path)
    {
        var folder = new RunFolder(path);
        return File.Exists(folder.Config) && File.Exists(folder.Done);
    }

    public static void WriteJson<T>(string path, T document) => AtomicFile.WriteAllText(path, JsonSerializer.Serialize(document, NodalJson.Options) + "\n");

    public void Finish() => AtomicFile.WriteAllText(Done, "");

    /// <summary>Removes what an ended run has left.</summary>
    public void Discard()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The fault that ended the run is the one to report.
        }
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
