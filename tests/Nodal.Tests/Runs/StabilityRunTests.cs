using Nodal.Circuits;
using Nodal.Discovery;
using Nodal.Gates;
using Nodal.Models;
using Nodal.Patching;
using Nodal.Runs;
using Nodal.Runtime;
using Nodal.Tests.Discovery;

namespace Nodal.Tests.Runs;

/// <summary>Several short runs on the embedded model, and what comes of them together.</summary>
public sealed class StabilityRunTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("nodal-stability-");

    [Fact]
    public void Each_run_is_the_run_of_its_seed_on_the_pairs_of_the_first()
    {
        DiscoveryRun.Execute(Options(seeds: 2), At("all"));
        DiscoveryRun.Execute(Options(seeds: 1) with { Ranking = Options(1).Ranking with { Seed = 6 } }, At("alone"));

        SameBytes(In("all", "seed-6", "ranking.safetensors"), In("alone", "ranking.safetensors"));
        SameBytes(In("all", "seed-6", "circuit.json"), In("alone", "circuit.json"));
        File.ReadAllBytes(In("all", "seed-5", "ranking.safetensors")).ShouldNotBe(File.ReadAllBytes(In("alone", "ranking.safetensors")));
        Config("all", "seed-6").PairsHash.ShouldBe(Config("all", "seed-5").PairsHash);
    }

    [Fact]
    public void The_report_holds_the_overlaps_and_curves_of_the_runs()
    {
        var result = DiscoveryRun.Execute(Options(seeds: 3), At("all"));
        var report = NodalJson.Read<StabilityReport>(In("all", "stability.json"), "report");
        var layout = result.Circuit!.Nodes.Layout;
        var runs = new[] { 5, 6, 7 }.Select(seed => FinishedRun.Open(In("all", $"seed-{seed}")).ReadResult(layout)).ToArray();
        var rankings = runs.Select(run => RankingFile.Read(Path.Combine(run.Run, "ranking.safetensors"), layout)).ToArray();

        report.Runs.Select(run => (run.Seed, run.Folder)).ShouldBe([(5, "seed-5"), (6, "seed-6"), (7, "seed-7")]);
        report.Chosen[Granularity.Head].ShouldBe(CircuitOverlap.Of([.. runs.Select(run => run.Circuit!.Nodes)])[Granularity.Head]);
        report.Sizes.Select(size => size.Size).ShouldBe([0.3, 0.5]);
        report.Sizes[1].Overlap[Granularity.MlpHidden].ShouldBe(CircuitOverlap.Of([.. rankings.Select(ranking => ranking.AtSize(0.5))])[Granularity.MlpHidden]);
        report.Sizes[1].Kl.ShouldBe(runs.Select(run => run.Sizes[1].Kl));
        report.Sizes[1].MeanKl.ShouldBe(runs.Average(run => run.Sizes[1].Kl), 1e-12);
        report.Sizes[1].ConsensusKl.ShouldBe(result.Sizes[1].Kl);
        (result.Method, result.Steps).ShouldBe(("consensus", 3 * 3));
        (result.Circuit.Provenance.Steps, CircuitFile.ReadProvenance(In("all", "circuit.json")).Steps, CircuitFile.ReadProvenance(In("all", "seed-5", "circuit.json")).Steps).ShouldBe((3 * 3, 3 * 3, 3));
    }

    [Fact]
    public void The_folder_of_all_is_a_run_like_any_other()
    {
        var result = DiscoveryRun.Execute(Options(seeds: 2), At("all"));

        var evaluated = EvaluationRun.Execute(new EvaluateOptions { Target = At("all") });
        var (cut, path) = FinishedRun.Open(At("all")).Cut(new SizeChoice { Keep = 0.3 });

        evaluated.Result.Kl.ShouldBe(result.Chosen.Kl, 1e-9);
        cut.Chosen.Kl.ShouldBe(result.Sizes[0].Kl, 1e-9);
        (CircuitFile.ReadProvenance(path).Method, CircuitFile.ReadProvenance(path).Steps, cut.Steps).ShouldBe(("consensus", 2 * 3, 2 * 3));
        DiscoveryRun.Resume(At("all")).Stability!.Runs.Length.ShouldBe(2);
    }

    [Fact]
    public void Learned_constants_of_the_folder_of_all_are_the_mean_of_those_of_the_runs()
    {
        var result = DiscoveryRun.Execute(Options(seeds: 2) with { Ablation = AblationKind.Learned }, At("all"));
        var config = result.Circuit!.Nodes.Layout.Config;
        double[] Values(params string[] place) => ConstantsFile.Read(In(["all", .. place, "constants.safetensors"]), config).Values;

        Values().ShouldBe(Values("seed-5").Zip(Values("seed-6"), (one, other) => (one + other) / 2), 1e-12);
        Values("seed-5").ShouldNotBe(Values("seed-6"));
        EvaluationRun.Execute(new EvaluateOptions { Target = At("all") }).Result.Kl.ShouldBe(result.Chosen.Kl, 1e-9);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Interrupted_anywhere_it_goes_on_and_ends_with_the_same_bits(int interruptedStep)
    {
        DiscoveryRun.Execute(Options(seeds: 2), At("whole"));
        using var source = new CancellationTokenSource();
        var steps = 0;
        var observer = new Observer<RunProgress>(news =>
        {
            if (news.Step is not null && ++steps == interruptedStep)
            {
                source.Cancel();
            }
        });

        var fault = Should.Throw<OperationCanceledException>(() => DiscoveryRun.Execute(Options(seeds: 2), At("parted"), observer, cancellation: source.Token));
        UnfinishedRun.Of(fault).ShouldBe(At("parted"));

        // What a kill leaves of a run that was not configured yet.
        Directory.CreateDirectory(In("parted", "seed-6"));
        File.WriteAllText(In("parted", "seed-6", "environment.json"), "{}");
        var done = File.Exists(In("parted", "seed-5", "DONE")) ? File.GetLastWriteTimeUtc(In("parted", "seed-5", "DONE")) : default;
        DiscoveryRun.Resume(At("parted"));

        foreach (var file in new[] { "ranking.safetensors", "circuit.json", "stability.json", Path.Combine("seed-6", "ranking.safetensors") })
        {
            SameBytes(In("parted", file), In("whole", file));
        }

        if (done != default)
        {
            File.GetLastWriteTimeUtc(In("parted", "seed-5", "DONE")).ShouldBe(done);
        }
    }

    [Fact]
    public void A_run_has_its_folder_in_every_culture()
    {
        using (new OtherCulture())
        {
            StabilityRun.FolderName(-5).ShouldBe("seed--5");
        }
    }

    [Fact]
    public void No_run_at_all_is_refused() =>
        Should.Throw<NodalException>(() => DiscoveryRun.Execute(Options(seeds: 0), At("none"))).Message.ShouldContain("--seeds is no number of runs: found 0");

    public void Dispose() => _root.Delete(recursive: true);

    private DiscoverOptions Options(int seeds)
    {
        var pairs = At("pairs.jsonl");
        File.WriteAllLines(pairs, File.ReadLines(EmbeddedModel.GenderedPronounPairs).Take(40));
        return new DiscoverOptions
        {
            Task = new TaskRequest { Task = pairs, Seed = 5 },
            Ranking = new RankingOptions { Steps = 3, BatchSize = 8, Seed = 5, CheckpointSeconds = 0 },
            Choice = new SizeChoice { Keep = 0.4 },
            Sizes = [0.3, 0.5],
            Threads = 1,
            Memory = 4L << 30,
            Seeds = seeds,
        };
    }

    private RunConfig Config(params string[] run) => NodalJson.Read<RunConfig>(In([.. run, "config.json"]), "configuration");

    private static void SameBytes(string one, string other) => File.ReadAllBytes(one).ShouldBe(File.ReadAllBytes(other), one);

    private string In(params string[] parts) => Path.Combine([_root.FullName, .. parts]);

    private string At(string name) => Path.Combine(_root.FullName, name);
}
