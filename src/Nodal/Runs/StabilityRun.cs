using System.Globalization;
using System.Numerics.Tensors;
using Nodal.Circuits;
using Nodal.Discovery;

namespace Nodal.Runs;

/// <summary>Several runs on the same pairs with seeds of their own, how far they agree, and the run that their consensus makes.</summary>
/// <remarks>The folder of all is a run folder like any other, whose ranking is the consensus; those of the runs are in it. A run that is finished is not made again.</remarks>
internal sealed class StabilityRun(RunFolder folder, Workbench bench, DiscoverOptions options, IProgress<RunProgress>? progress, TimeProvider time)
{
    /// <summary>How the nodes of the folder of all were ranked.</summary>
    public const string Method = "consensus";

    /// <summary>Makes the runs that are missing, then the consensus.</summary>
    public RunResult Complete(long start, CancellationToken cancellation)
    {
        var runs = Enumerable.Range(options.Seed, options.Seeds).Select(seed => Single(seed, cancellation)).ToArray();
        var consensusStart = time.GetTimestamp();
        var rankings = Array.ConvertAll(runs, run => RankingFile.Read(new RunFolder(run.Run).Ranking, bench.Layout));
        var consensus = ConsensusRanking.Of(rankings);
        RankingFile.Write(folder.Ranking, consensus);
        AverageConstants(runs);
        progress?.Report(new RunProgress(RunPhase.NextRun, $"consensus of {runs.Length} runs"));
        var found = Measurement.Of(bench, consensus, options with { Choice = Choice(runs) }, folder, progress, cancellation);
        var report = Compare(runs, rankings, found);
        progress?.Report(new RunProgress(RunPhase.Writing, folder.Path));
        RunFolder.WriteJson(folder.Stability, report);
        return DiscoveryRun.Write(folder, found with
        {
            // The larger holds what the other lacks: loading the model, or what other processes have done before this one.
            Seconds = Math.Max(time.GetElapsedTime(start).TotalSeconds, runs.Sum(run => run.Seconds) + time.GetElapsedTime(consensusStart).TotalSeconds),
            Stability = report,
        });
    }

    /// <summary>The run of one seed: read where it is finished, gone on with where it is not, else made.</summary>
    private RunResult Single(int seed, CancellationToken cancellation)
    {
        var path = Path.Combine(folder.Path, FolderName(seed));
        var single = options.WithSeed(seed) with { Seeds = 1 };
        progress?.Report(new RunProgress(RunPhase.NextRun, $"run {seed - options.Seed + 1} of {options.Seeds}: seed {seed}"));
        if (RunFolder.IsFinished(path))
        {
            return FinishedRun.Open(path).ReadResult(bench.Layout);
        }

        var start = time.GetTimestamp();
        using var own = Workbench.Of(bench.Model, bench.Task, single);
        using var run = RunPlace.Continue(path, single, time);
        if (!run.CanResume)
        {
            DiscoveryRun.WriteSettings(run, single, own, time);
        }

        return DiscoveryRun.Complete(run, own, single, progress, time, start, cancellation);
    }

    /// <summary>Learned constants of the consensus are the mean of the runs'.</summary>
    private void AverageConstants(RunResult[] runs)
    {
        if (bench.Preparation.Learned is not { } learned)
        {
            return;
        }

        var mean = new double[learned.Constants.Values.Length];
        foreach (var run in runs)
        {
            TensorPrimitives.MultiplyAdd(ConstantsFile.Read(new RunFolder(run.Run).Constants, bench.Layout.Config).Values, 1.0 / runs.Length, mean, mean);
        }

        learned.Set(mean.AsSpan(0, learned.Constants.Layout.Trained));
        ConstantsFile.Write(folder.Constants, learned.Constants);
    }

    /// <summary>A threshold of scores means nothing to mean ranks: the consensus gets the size that the runs' circuits have in the mean.</summary>
    private SizeChoice Choice(RunResult[] runs) => options.Choice.Threshold is null ? options.Choice : new SizeChoice { Keep = Math.Round(runs.Average(run => run.Chosen.Size), 4) };

    private StabilityReport Compare(RunResult[] runs, Ranking[] rankings, RunResult consensus) => new()
    {
        Runs = [.. runs.Select(run => new SeedRun(run.Seed, FolderName(run.Seed), run.Chosen))],
        Chosen = CircuitOverlap.Of([.. runs.Select(run => run.Circuit!.Nodes)]),
        Sizes =
        [
            .. options.Sizes.Select((size, i) =>
            {
                double[] kl = [.. runs.Select(run => run.Sizes[i].Kl)];
                return new SizeStability(size, [.. kl], kl.Average(), consensus.Sizes[i].Kl, CircuitOverlap.Of([.. rankings.Select(ranking => ranking.AtSize(size))]));
            }),
        ],
    };

    /// <summary>Name of the folder of one run: <c>seed-5</c>.</summary>
    public static string FolderName(int seed) => string.Create(CultureInfo.InvariantCulture, $"seed-{seed}");
}
