using System.Text.Json.Nodes;
using Nodal.Discovery;
using Nodal.Models;
using Nodal.Patching;
using Nodal.Runs;
using Nodal.Runtime;
using Nodal.Tests.Discovery;

namespace Nodal.Tests.Runs;

/// <summary>Runs on the embedded model that end before their time, and go on.</summary>
public sealed class ResumeTests : IDisposable
{
    private const int Steps = 4;

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("nodal-resume-");
    private readonly string _pairs;

    public ResumeTests()
    {
        _pairs = At("pairs.jsonl");
        File.WriteAllLines(_pairs, File.ReadLines(EmbeddedModel.GenderedPronounPairs).Take(60));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1000.0)]
    public void A_run_interrupted_anywhere_ends_with_the_bits_of_one_that_was_not(double checkpointSeconds)
    {
        var options = Options() with { Ranking = new RankingOptions { Steps = Steps, BatchSize = 8, CheckpointSeconds = checkpointSeconds } };
        DiscoveryRun.Execute(options, At("whole"));

        foreach (var (name, ends) in Ends())
        {
            var fault = Should.Throw<OperationCanceledException>(() => Interrupted(options, At(name), ends), name);
            UnfinishedRun.Of(fault).ShouldBe(At(name), name);
            FinishedRun.Of(At("whole")).ShouldNotBeNull();
            Should.Throw<NodalException>(() => FinishedRun.Open(At(name))).Message.ShouldContain($"Finish it with nodal discover --resume {At(name)}");

            DiscoveryRun.Resume(At(name)).Steps.ShouldBe(Steps);

            ShouldBeSame(name, "whole");
        }
    }

    [Fact]
    public void A_run_interrupted_after_every_step_ends_with_the_same_bits()
    {
        DiscoveryRun.Execute(Options(), At("whole"));
        Should.Throw<OperationCanceledException>(() => Interrupted(Options(), At("parted"), news => news.Step is not null));
        for (var step = 1; step < Steps; step++)
        {
            var heard = new List<string>();
            using var source = new CancellationTokenSource();
            var observer = new Observer<RunProgress>(news =>
            {
                heard.Add(news.Phase == RunPhase.Resuming ? news.Note : "");
                if (news.Step is not null)
                {
                    source.Cancel();
                }
            });
            Should.Throw<OperationCanceledException>(() => DiscoveryRun.Resume(At("parted"), observer, cancellation: source.Token));
            heard.ShouldContain($"after step {step} of {Steps}");
        }

        DiscoveryRun.Resume(At("parted"));

        ShouldBeSame("parted", "whole");
    }

    [Fact]
    public void A_run_by_the_published_method_ends_with_the_same_bits()
    {
        var options = Options() with { Method = DiscoveryMethod.Paper, Choice = new SizeChoice(), Paper = new PaperOptions { Steps = Steps, BatchSize = 8, CheckpointSeconds = 0 } };
        DiscoveryRun.Execute(options, At("whole")).Method.ShouldBe("paper");
        foreach (var (name, ends) in Ends())
        {
            Should.Throw<OperationCanceledException>(() => Interrupted(options, At(name), ends), name);

            DiscoveryRun.Resume(At(name)).Steps.ShouldBe(Steps);

            ShouldBeSame(name, "whole");
        }
    }

    [Theory]
    [InlineData(DiscoveryMethod.Ranking)]
    [InlineData(DiscoveryMethod.Paper)]
    public void Learned_constants_go_on_with_the_same_bits(DiscoveryMethod method)
    {
        var options = Options() with
        {
            Method = method,
            Ablation = AblationKind.Learned,
            Paper = new PaperOptions { Steps = Steps, BatchSize = 8, CheckpointSeconds = 0 },
        };
        DiscoveryRun.Execute(options, At("whole"));
        foreach (var (name, ends) in Ends())
        {
            Should.Throw<OperationCanceledException>(() => Interrupted(options, At(name), ends), name);

            DiscoveryRun.Resume(At(name)).Steps.ShouldBe(Steps);

            ShouldBeSame(name, "whole");
            File.ReadAllBytes(Path.Combine(At(name), "constants.safetensors")).ShouldBe(File.ReadAllBytes(Path.Combine(At("whole"), "constants.safetensors")), name);
        }
    }

    [Fact]
    public void An_interruption_before_anything_is_configured_leaves_the_users_folder_empty()
    {
        _root.CreateSubdirectory("mine");

        var fault = Should.Throw<OperationCanceledException>(() => Interrupted(Options(), At("mine"), news => news.Phase == RunPhase.LoadingModel));
        Should.Throw<OperationCanceledException>(() => Interrupted(Options(), At("new"), news => news.Phase == RunPhase.MakingTask));

        UnfinishedRun.Of(fault).ShouldBeNull();
        Directory.EnumerateFileSystemEntries(At("mine")).ShouldBeEmpty();
        Directory.Exists(At("new")).ShouldBeFalse();
    }

    [Fact]
    public void A_run_that_runs_out_of_memory_is_kept_and_says_what_to_do()
    {
        DiscoveryRun.Execute(Options(), At("whole"));
        var observer = new Observer<RunProgress>(news => _ = news.Step?.Step == 2 ? throw new InsufficientMemoryException() : 0);

        var fault = Should.Throw<NodalException>(() => DiscoveryRun.Execute(Options(), At("short"), observer));

        fault.Message.ShouldStartWith("memory ran out: found ");
        UnfinishedRun.Of(fault).ShouldBe(At("short"));
        DiscoveryRun.Resume(At("short"));
        ShouldBeSame("short", "whole");
    }

    [Fact]
    public void A_finished_run_says_so_and_gives_its_result()
    {
        var result = DiscoveryRun.Execute(Options(), At("whole"));
        var heard = new List<RunProgress>();
        var written = File.GetLastWriteTimeUtc(Path.Combine(At("whole"), "evaluation.json"));

        // A kill after DONE leaves what is removed last.
        Directory.CreateDirectory(Path.Combine(At("whole"), "checkpoint"));
        File.WriteAllText(Path.Combine(At("whole"), ".lock"), "");
        var again = DiscoveryRun.Resume(At("whole"), new Observer<RunProgress>(heard.Add));

        (again.Chosen.Kl, again.Seconds, again.CircuitPath).ShouldBe((result.Chosen.Kl, result.Seconds, result.CircuitPath));
        heard.Single().Note.ShouldBe($"{At("whole")} is finished, nothing is left to do");
        File.GetLastWriteTimeUtc(Path.Combine(At("whole"), "evaluation.json")).ShouldBe(written);
        Directory.GetFileSystemEntries(At("whole")).Select(Path.GetFileName).ShouldNotContain(name => name == "checkpoint" || name == ".lock");
    }

    [Fact]
    public void Pairs_that_have_changed_are_refused_and_can_be_put_back()
    {
        Should.Throw<OperationCanceledException>(() => Interrupted(Options(), At("run"), news => news.Step?.Step == 2));
        var lines = File.ReadAllLines(_pairs);
        File.WriteAllLines(_pairs, lines.Skip(1));

        Should.Throw<NodalException>(() => DiscoveryRun.Resume(At("run"))).Message.ShouldStartWith($"the pairs of the run have changed since: found pairs of {_pairs} with SHA-256 ");

        File.WriteAllLines(_pairs, lines);
        DiscoveryRun.Resume(At("run"));
    }

    [Fact]
    public void A_model_that_has_changed_is_refused()
    {
        Directory.CreateDirectory(At("model"));
        foreach (var file in Directory.EnumerateFiles(EmbeddedModel.Folder(EmbeddedModel.Id)))
        {
            File.Copy(file, Path.Combine(At("model"), Path.GetFileName(file)));
        }

        Should.Throw<OperationCanceledException>(() => Interrupted(Options() with { Model = At("model") }, At("run"), news => news.Step?.Step == 2));
        var weights = File.ReadAllBytes(Path.Combine(At("model"), "model.safetensors"));
        weights[^1] ^= 1;
        File.WriteAllBytes(Path.Combine(At("model"), "model.safetensors"), weights);

        Should.Throw<NodalException>(() => DiscoveryRun.Resume(At("run"))).Message.ShouldContain("the model of the run has changed since: found SHA-256");
    }

    public void Dispose() => _root.Delete(recursive: true);

    private static IEnumerable<(string Name, Func<RunProgress, bool> Ends)> Ends()
    {
        foreach (var phase in new[] { RunPhase.PreparingPairs, RunPhase.Selecting, RunPhase.Evaluating })
        {
            yield return ($"{phase}", news => news.Phase == phase);
        }

        for (var step = 1; step <= Steps; step++)
        {
            var end = step;
            yield return ($"step{step}", news => news.Step?.Step == end);
        }
    }

    private static void Interrupted(DiscoverOptions options, string folder, Func<RunProgress, bool> ends)
    {
        using var source = new CancellationTokenSource();
        DiscoveryRun.Execute(options, folder, new Observer<RunProgress>(news =>
        {
            if (ends(news))
            {
                source.Cancel();
            }
        }), cancellation: source.Token);
    }

    private DiscoverOptions Options() => new()
    {
        Task = new TaskRequest { Task = _pairs },
        Ranking = new RankingOptions { Steps = Steps, BatchSize = 8, CheckpointSeconds = 0 },
        Choice = new SizeChoice { Budget = 0.8 },
        Sizes = [0.5],
        Threads = 1,
    };

    private void ShouldBeSame(string run, string other)
    {
        foreach (var file in new[] { "ranking.safetensors", "circuit.json" })
        {
            File.ReadAllBytes(In(run, file)).ShouldBe(File.ReadAllBytes(In(other, file)), $"{file} of {run}");
        }

        Timeless(File.ReadAllText(In(run, "evaluation.json"))).ShouldBe(Timeless(File.ReadAllText(In(other, "evaluation.json"))), run);
        File.ReadLines(In(run, "metrics.jsonl")).Select(Timeless).ShouldBe(File.ReadLines(In(other, "metrics.jsonl")).Select(Timeless), run);
        Names(run).ShouldBe(Names(other), run);
    }

    private static string Timeless(string json)
    {
        var document = JsonNode.Parse(json)!.AsObject();
        document.Remove("seconds").ShouldBeTrue();
        document.Remove("peakMemoryBytes");
        document.Remove("run");
        return document.ToJsonString();
    }

    private string[] Names(string run) => [.. Directory.EnumerateFileSystemEntries(At(run)).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal)];

    private string In(string run, string file) => Path.Combine(At(run), file);

    private string At(string name) => Path.Combine(_root.FullName, name);
}
