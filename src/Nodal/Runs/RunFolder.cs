using System.Text.Json;
using Nodal.Runtime;

namespace Nodal.Runs;

/// <summary>The files of one run; each appears whole, and <c>DONE</c> last. One process at a time works in it.</summary>
internal sealed class RunFolder : IDisposable
{
    private readonly RunLock? _lock;
    private readonly MadeFolders? _made;

    /// <param name="path">Whole path of the folder.</param>
    /// <param name="held">Its lock, where this process works in it; owned.</param>
    /// <param name="made">What had to be made for it.</param>
    public RunFolder(string path, RunLock? held = null, MadeFolders? made = null) => (Path, _lock, _made) = (path, held, made);

    public string Path { get; }

    public string Config => In("config.json");

    public string Environment => In("environment.json");

    public string Metrics => In("metrics.jsonl");

    public string Checkpoint => In("checkpoint");

    public string Ranking => In("ranking.safetensors");

    public string Constants => In("constants.safetensors");

    public string Circuit => In("circuit.json");

    public string Evaluation => In("evaluation.json");

    public string Refinement => In("refinement.json");

    /// <summary>How far several runs agree.</summary>
    public string Stability => In("stability.json");

    /// <summary>Corrupted runs, while scores are trained.</summary>
    public string Activations => In("activations.bin");

    /// <summary>Whether an ended process has left what another one can go on with.</summary>
    public bool CanResume => File.Exists(Config);

    private string Done => In("DONE");

    /// <summary>The folder of an unfinished run, kept for this process.</summary>
    /// <exception cref="NodalException">There is none, or another process is at work in it.</exception>
    public static RunFolder Resume(string path)
    {
        var folder = new RunFolder(System.IO.Path.GetFullPath(path));
        var held = folder.CanResume || File.Exists(folder.In(RunLock.FileName)) ? RunLock.TryTake(folder.Path) : null;
        if (held is null && File.Exists(folder.In(RunLock.FileName)))
        {
            Throw.Input(
                $"{path} is in use", found: "another process at work on it", expected: "a run that no process is working on",
                remedy: "Wait until that process has ended, or end it");
        }

        if (!folder.CanResume)
        {
            held?.Dispose();
            Throw.Input(
                $"{path} cannot be resumed", found: Directory.Exists(path) ? "a folder without config.json" : "no such folder", expected: "a run that nodal discover has begun",
                remedy: Directory.Exists(path) ? "Delete it, and start again with nodal discover" : "Check the path");
        }

        AtomicFile.RemoveLeftovers(folder.Path);
        Try(() => File.Delete(folder.Activations));
        return new RunFolder(folder.Path, held);
    }

    /// <summary>The folder of a finished run.</summary>
    /// <exception cref="NodalException">There is none, or the run did not finish.</exception>
    public static RunFolder Open(string path)
    {
        var folder = new RunFolder(System.IO.Path.GetFullPath(path));
        if (!IsFinished(folder.Path))
        {
            Throw.Input(
                $"{path} is no finished run",
                found: folder.CanResume ? "a run without DONE" : Directory.Exists(path) ? "a folder without config.json and DONE" : "no such folder",
                expected: "a folder that nodal discover has written",
                remedy: folder.CanResume ? $"Finish it with nodal discover --resume {path}" : "Check the path, or run nodal discover");
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

    /// <summary>Makes the folder of the checkpoint where it is missing.</summary>
    /// <exception cref="NodalException">It cannot be made.</exception>
    public void MakeCheckpointFolder()
    {
        try
        {
            Directory.CreateDirectory(Checkpoint);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Throw.Input(
                $"{Checkpoint} was not made", found: fault.Message.TrimEnd('.'), expected: "a folder that can be written to, on a disk with room", remedy: "Free some space", fault);
        }
    }

    /// <summary>Says that the run is whole; after that, what it needed only to go on is removed.</summary>
    public void Finish()
    {
        AtomicFile.WriteAllText(Done, "");
        RemoveScaffolding();
    }

    /// <summary>Removes what a finished run has no use for; a kill may have left it.</summary>
    public void RemoveScaffolding() => Try(() =>
    {
        if (Directory.Exists(Checkpoint))
        {
            Directory.Delete(Checkpoint, recursive: true);
        }

        _lock?.Dispose();
        File.Delete(In(RunLock.FileName));
    });

    /// <summary>Removes what a run has made that ended before it was configured, and nothing else.</summary>
    public void Discard() => Try(() =>
    {
        AtomicFile.RemoveLeftovers(Path);
        File.Delete(Environment);
        _lock?.Remove();
        _made?.Remove();
    });

    public void Dispose() => _lock?.Dispose();

    // Tidying up must not hide the fault that ended the run, nor spoil a run that is whole.
    private static void Try(Action tidy)
    {
        try
        {
            tidy();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
        }
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
