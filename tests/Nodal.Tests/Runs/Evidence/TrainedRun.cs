using Nodal.Discovery;
using Nodal.Runs;

namespace Nodal.Tests.Runs.Evidence;

/// <summary>A short run on the embedded model, in the folder <c>run</c> of a temporary one.</summary>
public sealed class TrainedRun : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nodal-evidence-");

    public TrainedRun() => Result = DiscoveryRun.Execute(
        new DiscoverOptions
        {
            Task = new TaskRequest { Pairs = 150 }, Ranking = new RankingOptions { Steps = 40 }, Choice = new SizeChoice { Keep = 0.3 }, Sizes = [0.3], Threads = 1,
        },
        Path.Combine(Folder, "run"));

    public string Folder => _folder.FullName;

    public RunResult Result { get; }

    public void Dispose() => _folder.Delete(recursive: true);
}
