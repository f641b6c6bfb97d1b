using Nodal.Discovery;
using Nodal.Models;
using Nodal.Runs;
using Nodal.Tests.Discovery;

namespace Nodal.Tests.Runs;

/// <summary>Refined runs on the embedded model.</summary>
public sealed class RefiningTests : IDisposable
{
    private static readonly RefinementOptions Short = new() { Runs = 40, BatchSize = 8, StepsPerRound = 5 };

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("nodal-refining-");
    private readonly string[] _files;

    public RefiningTests()
    {
        _files = [.. new[] { "train", "selection", "test", "swapped" }.Select(name => At($"{name}.jsonl"))];
        var parts = File.ReadLines(EmbeddedModel.GenderedPronounPairs).Take(60).Chunk(20).ToArray();
        for (var part = 0; part < parts.Length; part++)
        {
            File.WriteAllLines(_files[part], parts[part]);
        }

        // The same prompts, so that the same training pairs are left out for them.
        File.WriteAllLines(_files[3], parts[2].Select(line => line.Replace("\"answer\"", "\"-\"", StringComparison.Ordinal)
            .Replace("\"foil\"", "\"answer\"", StringComparison.Ordinal).Replace("\"-\"", "\"foil\"", StringComparison.Ordinal)));
    }

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void The_result_holds_the_circuit_before_and_after_on_test_pairs()
    {
        var result = DiscoveryRun.Execute(Options(_files[2]), At("run"));

        var refinement = result.Refinement.ShouldNotBeNull();
        refinement.After.Kl.ShouldBe(result.Chosen.Kl);
        refinement.Before.Pairs.ShouldBe(20);
        refinement.Runs.ShouldBeInRange(1, 40);
        refinement.Moves.ShouldNotBeEmpty();
        refinement.Moves[^1].Parameters.ShouldBe(refinement.After.Parameters);
        refinement.After.Parameters.ShouldBeLessThan(refinement.Before.Parameters);
        File.ReadAllText(Path.Combine(At("run"), "refinement.json")).ShouldContain("\"moves\"");
        result.Circuit!.Provenance.Chosen.ShouldBe($"budget 0.8 nats, refined in {refinement.Runs} runs");
        FinishedRun.Open(At("run")).ReadResult().Refinement!.Moves.ShouldBe(refinement.Moves);
    }

    [Fact]
    public void Other_test_pairs_change_nothing_but_the_final_numbers()
    {
        var one = DiscoveryRun.Execute(Options(_files[2]), At("one"));
        var two = DiscoveryRun.Execute(Options(_files[3]), At("two"));

        two.Circuit!.Nodes.Nodes().SequenceEqual(one.Circuit!.Nodes.Nodes()).ShouldBeTrue();
        two.Refinement!.Moves.ShouldBe(one.Refinement!.Moves);
        two.Chosen.LogitDifference.ShouldBe(-one.Chosen.LogitDifference, 1e-6);
    }

    [Fact]
    public void A_run_interrupted_while_it_refines_ends_with_the_bits_of_one_that_was_not()
    {
        DiscoveryRun.Execute(Options(_files[2]), At("whole"));
        using var source = new CancellationTokenSource();
        var observer = new Observer<RunProgress>(news =>
        {
            if (news.Round is not null)
            {
                source.Cancel();
            }
        });
        Should.Throw<OperationCanceledException>(() => DiscoveryRun.Execute(Options(_files[2]), At("parted"), observer, cancellation: source.Token));

        DiscoveryRun.Resume(At("parted"));

        foreach (var file in new[] { "ranking.safetensors", "circuit.json", "refinement.json" })
        {
            File.ReadAllBytes(Path.Combine(At("parted"), file)).ShouldBe(File.ReadAllBytes(Path.Combine(At("whole"), file)), file);
        }
    }

    [Fact]
    public void A_cut_of_a_finished_run_can_be_refined_and_goes_into_a_file_of_its_own()
    {
        DiscoveryRun.Execute(Options(_files[2]) with { Refinement = new RefinementOptions() }, At("run"));

        var (cut, path) = FinishedRun.Open(At("run")).Cut(new SizeChoice { Keep = 0.3 }, Short);

        path.ShouldBe(Path.Combine(At("run"), "circuit-keep-0.3-refined.json"));
        cut.Chosen.Size.ShouldBeLessThanOrEqualTo(0.3);
        cut.Refinement.ShouldNotBeNull().Moves.ShouldAllBe(move => move.Kl >= 0);
        File.Exists(Path.Combine(At("run"), "refinement.json")).ShouldBeFalse();
    }

    private DiscoverOptions Options(string test) => new()
    {
        Task = new TaskRequest { Task = _files[0], SelectionFile = _files[1], TestFile = test },
        Ranking = new RankingOptions { Steps = 8, BatchSize = 8 },
        Refinement = Short,
        Choice = new SizeChoice { Budget = 0.8 },
        Sizes = [],
        Threads = 1,
    };

    private string At(string name) => Path.Combine(_root.FullName, name);
}
