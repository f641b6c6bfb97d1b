[assembly: AssemblyFixture(typeof(Nodal.EndToEnd.ShortRun))]

namespace Nodal.EndToEnd;

/// <summary>One short run on the embedded model, which many tests look at; no test changes its circuit.</summary>
public sealed class ShortRun : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ShortRun()
    {
        Folder = _folder["run"];
        Output = NodalTool.RunIn(_folder.Path, "discover", "--steps", "20", "--pairs", "60", "--batch", "16", "--seed", "3", "--keep", "0.2", "--out", Folder).Successful();
    }

    /// <summary>The run folder.</summary>
    public string Folder { get; }

    /// <summary>What the tool wrote.</summary>
    internal ToolOutput Output { get; }

    public string this[string name] => Path.Combine(Folder, name);

    public void Dispose() => _folder.Dispose();
}
