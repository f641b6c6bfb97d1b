using Nodal.Circuits;
using Nodal.Discovery;
using Nodal.Evaluation;
using Nodal.Gates;
using Nodal.Models;
using Nodal.Patching;
using Nodal.Runs;
using Nodal.Runtime;
using Nodal.Tests.Discovery;

namespace Nodal.Tests.Runs;

/// <summary>Short runs of every method on the embedded model, through the same folder, selection and evaluation.</summary>
public sealed class MethodRunTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("nodal-methods-");
    private readonly string _pairs;

    public MethodRunTests()
    {
        _pairs = At("pairs.jsonl");
        File.WriteAllLines(_pairs, File.ReadLines(EmbeddedModel.GenderedPronounPairs).Take(30));
    }

    public static TheoryData<DiscoveryMethod> Methods => [.. Enum.GetValues<DiscoveryMethod>()];

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_method_makes_a_run_with_a_curve_and_can_be_cut(DiscoveryMethod method)
    {
        var word = Words.Of(method);
        var result = DiscoveryRun.Execute(Options(method), At(word));
        var run = FinishedRun.Open(At(word));
        var ranking = RankingFile.Read(Path.Combine(At(word), "ranking.safetensors"), result.Circuit!.Nodes.Layout);

        (result.Method, result.Circuit.Provenance.Method, run.Config.Method).ShouldBe((word, word, word));
        ranking.Scores.ToArray().ShouldAllBe(score => !double.IsNaN(score) && !double.IsNegativeInfinity(score));
        result.Chosen.Size.ShouldBeInRange(0.2, 0.5);
        result.Circuit.Nodes.Gates().ShouldBe(ranking.AtSize(0.5).Gates());
        result.Sizes.Select(row => row.Size).ShouldBeInOrder(SortDirection.Ascending);
        run.Cut(new SizeChoice { Keep = 0.3 }).Result.Chosen.Parameters.ShouldBe(result.Sizes[0].Parameters);
        foreach (var granularity in GateLayout.All.Except(MethodNodes.Of(method, GateLayout.All)))
        {
            ranking.Scores[ranking.Layout.Span(granularity)].ToArray().ShouldAllBe(score => double.IsPositiveInfinity(score));
        }
    }

    [Fact]
    public void With_a_margin_the_ranking_asks_for_the_answer_above_the_foil()
    {
        EvaluationRow Chosen(double? margin) => DiscoveryRun.Execute(
            Options(DiscoveryMethod.Ranking) with { Ranking = new RankingOptions { Steps = 60, Margin = margin }, Choice = new SizeChoice { Keep = 0.3 } }, At($"margin-{margin}")).Chosen;

        var (plain, asked) = (Chosen(null), Chosen(20));

        asked.LogitDifference.ShouldBeGreaterThan(plain.LogitDifference + 0.5);
        asked.Kl.ShouldBeGreaterThan(plain.Kl);
    }

    [Theory]
    [InlineData(DiscoveryMethod.IntegratedGradients)]
    [InlineData(DiscoveryMethod.SubnetworkProbing)]
    public void A_method_ends_with_the_same_bits_when_it_is_resumed(DiscoveryMethod method)
    {
        DiscoveryRun.Execute(Options(method), At("whole"));
        using var source = new CancellationTokenSource();
        var evaluated = new Observer<RunProgress>(news =>
        {
            if (news.Phase == RunPhase.Evaluating)
            {
                source.Cancel();
            }
        });
        Should.Throw<OperationCanceledException>(() => DiscoveryRun.Execute(Options(method), At("stopped"), evaluated, cancellation: source.Token));
        var phases = new List<RunPhase>();
        DiscoveryRun.Resume(At("stopped"), new Observer<RunProgress>(news => phases.Add(news.Phase)));

        File.ReadAllBytes(Path.Combine(At("stopped"), "ranking.safetensors")).ShouldBe(File.ReadAllBytes(Path.Combine(At("whole"), "ranking.safetensors")));
        phases.ShouldContain(RunPhase.Resuming);
        phases.ShouldNotContain(RunPhase.Scoring);
        phases.ShouldNotContain(RunPhase.Training);
    }

    [Fact]
    public void Chance_differs_between_seeds_and_an_attribution_does_not()
    {
        double[] Scores(DiscoveryMethod method, int seed)
        {
            var path = At($"{method}-{seed}");
            var nodes = DiscoveryRun.Execute(Options(method).WithSeed(seed), path).Circuit!.Nodes;
            return RankingFile.Read(Path.Combine(path, "ranking.safetensors"), nodes.Layout).Scores.ToArray();
        }

        Scores(DiscoveryMethod.Random, 0).ShouldNotBe(Scores(DiscoveryMethod.Random, 1));
        Scores(DiscoveryMethod.AttributionPatching, 0).ShouldBe(Scores(DiscoveryMethod.AttributionPatching, 1));
    }

    [Fact]
    public void What_a_method_cannot_do_is_refused_before_anything_is_read()
    {
        void ShouldRefuse(DiscoverOptions options, string text) => Should.Throw<NodalException>(() => DiscoveryRun.Execute(options, At("refused"))).Message.ShouldContain(text);

        ShouldRefuse(Options(DiscoveryMethod.Mattr) with { Granularities = [Granularity.Head] }, "--granularities leaves --method mattr nothing to score");
        ShouldRefuse(Options(DiscoveryMethod.AttributionPatching) with { Granularities = [Granularity.Embedding] }, "--granularities leaves --method attribution-patching nothing to choose: found Embedding alone");
        ShouldRefuse(Options(DiscoveryMethod.Random) with { Granularities = [Granularity.Embedding] }, "--granularities leaves --method random nothing to choose");
        Should.NotThrow((Options(DiscoveryMethod.Paper) with { Granularities = [Granularity.Embedding] }).Validate, "it chooses by a threshold");
        ShouldRefuse(Options(DiscoveryMethod.Hisp) with { Ablation = AblationKind.Learned }, "--method hisp trains nothing");
        ShouldRefuse(Options(DiscoveryMethod.Relp) with { Engine = new EngineOptions { Engine = EngineKind.Fast } }, "--method relp has gradients that the fast engine does not know");
        ShouldRefuse(Options(DiscoveryMethod.Hisp) with { Attribution = new AttributionOptions { Metric = AnswerMetric.Kl } }, "metric kl for hisp");
        Directory.Exists(At("refused")).ShouldBeFalse();
    }

    public void Dispose() => _root.Delete(recursive: true);

    private DiscoverOptions Options(DiscoveryMethod method) => new()
    {
        Method = method,
        Task = new TaskRequest { Task = _pairs },
        Ranking = new RankingOptions { Steps = 3, BatchSize = 8 },
        Paper = new PaperOptions { Steps = 3, BatchSize = 8 },
        Probing = new ProbingOptions { Steps = 3, BatchSize = 8 },
        Attribution = new AttributionOptions { Steps = 2, BatchSize = 8, Thresholds = [0.01, 0.1], PairsOfAcdc = 4 },
        Choice = new SizeChoice { Keep = 0.5 },
        Sizes = [0.3, 0.6],
        Threads = 1,
    };

    private string At(string name) => Path.Combine(_root.FullName, name);
}
