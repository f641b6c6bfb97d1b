using Nodal.Circuits;
using Nodal.Evaluation;
using Nodal.Evaluation.Evidence;
using Nodal.Gates;

namespace Nodal.Tests.Evaluation.Evidence;

public sealed class CompletenessTests
{
    private static readonly double Mean = TableSetting.MeanFactor(8);

    private static readonly NodeSet Circuit = TableSetting.Circuit("a0.h0", "a1.h1", "m2");

    /// <summary>The model has what the circuit has and .5 more; whatever is taken from both, they differ by it.</summary>
    [Fact]
    public void What_the_circuit_lacks_is_the_gap_of_every_K()
    {
        var (setting, _) = TableSetting.Make(Circuit, TableSetting.Sum(("a0.h0", 2), ("a1.h1", 1), ("m2", 0.25), ("m0", 0.5)));

        var evidence = Completeness.Of(setting);

        evidence.Random.Length.ShouldBe(10);
        foreach (var gap in evidence.Random.Concat(evidence.Groups).Concat(evidence.Greedy))
        {
            gap.Gap.Value.ShouldBe(0.5 * Mean, 1e-12);
            (gap.Model.Value - gap.Circuit.Value).ShouldBe(0.5 * Mean, 1e-12);
        }

        evidence.LargestGap!.Value.ShouldBe(0.5 * Mean, 1e-12);
        evidence.MeanRandomGap!.Value.ShouldBe(0.5 * Mean, 1e-12);
    }

    /// <summary>A backup head outside of the circuit that takes over half of the work of one inside, as Wang et al. found: seen only by K that hold that one.</summary>
    [Fact]
    public void A_backup_shows_where_the_head_it_stands_in_for_is_taken()
    {
        static double Behaviour(NodeSet circuit)
        {
            var main = TableSetting.Has(circuit, "a0.h0");
            return (main ? 2 : TableSetting.Has(circuit, "a1.h2") ? 1 : 0) + (TableSetting.Has(circuit, "m2") ? 0.5 : 0);
        }

        var (setting, _) = TableSetting.Make(Circuit, Behaviour);

        var evidence = Completeness.Of(setting);

        evidence.Greedy[0].Removed.ShouldBe("a0.h0");
        evidence.Greedy[0].ShouldSatisfyAllConditions(gap => gap.Circuit.Value.ShouldBe(0.5 * Mean), gap => gap.Model.Value.ShouldBe(1.5 * Mean), gap => gap.Gap.Value.ShouldBe(Mean, 1e-12));
        evidence.Greedy.Select(gap => gap.Count).ShouldBe([1, 2, 3]);
        foreach (var gap in evidence.Random)
        {
            gap.Gap.Value.ShouldBe(gap.Removed.Contains("a0.h0", StringComparison.Ordinal) ? Mean : 0, 1e-12);
        }

        evidence.MeanRandomGap!.Value.ShouldBe(evidence.Random.Average(gap => gap.Gap.Value), 1e-12);
        evidence.Groups.Select(gap => (gap.Removed, gap.Count)).ShouldBe(
            [("heads of layer 0", 1), ("heads of layer 1", 1), ("MLP block of layer 2", 1), ("all of Head", 2), ("all of AttentionNeuron", 8), ("all of MlpBlock", 1), ("all of MlpHidden", 14), ("all of MlpOutput", 12)]);
        evidence.Groups[0].Gap.Value.ShouldBe(Mean, 1e-12);
        evidence.Groups[1].Gap.Value.ShouldBe(0, 1e-12);
    }

    /// <summary>Logit differences of pair i are i + 1 times those of the first: so are their means over drawn pairs, and all intervals are one interval times a number.</summary>
    [Fact]
    public void Both_sides_of_a_gap_have_intervals_over_the_same_pairs()
    {
        var (setting, _) = TableSetting.Make(Circuit, TableSetting.Sum(("a0.h0", 2), ("m0", 3)));

        var gap = Completeness.Of(setting).Groups.Single(group => group.Removed == "MLP block of layer 2");

        var factors = Bootstrap.OfMean([.. Enumerable.Range(0, 8).Select(TableRunner.Factor)], setting.Seed);
        foreach (var (side, times) in new[] { (gap.Circuit, 2), (gap.Model, 5), (gap.Gap, 3) })
        {
            side.Value.ShouldBe(times * Mean, 1e-12);
            side.Interval.Low.ShouldBe(times * factors.Low, 1e-9);
            side.Interval.High.ShouldBe(times * factors.High, 1e-9);
        }
    }

    [Fact]
    public void The_rest_of_the_model_is_measured_without_the_circuits_leaves_and_without_its_heads_and_blocks()
    {
        var part = Circuit.Without(Circuit.Layout.IndexOf(Node.Parse("a0.h0.d1")), Circuit.Layout.IndexOf(Node.Parse("m2.n3")));
        var (setting, _) = TableSetting.Make(part, TableSetting.Sum(("a0.h0.d0", 4), ("a0.h0.d1", 2), ("m1", 1)));

        var evidence = Completeness.Of(setting);

        evidence.Complement.LogitDifference.ShouldBe(3 * Mean, 1e-12, "d1 is no part of the circuit, nor is m1");
        evidence.KnockOut.LogitDifference.ShouldBe(1 * Mean, 1e-12, "the whole head is closed");
        evidence.Complement.LogitDifferenceShare!.Value.ShouldBe(3 / 7.0, 1e-12);
    }

    [Fact]
    public void The_search_looks_at_few_pairs_and_what_it_found_is_measured_on_all()
    {
        var news = new List<EvidenceProgress>();
        var (setting, runner) = TableSetting.Make(
            TableSetting.Circuit("a0.h0"), TableSetting.Sum(("a0.h0", 2), ("m0", 1)), pairs: 100, progress: new Discovery.Observer<EvidenceProgress>(news.Add));

        var evidence = Completeness.Of(setting);

        runner.Ran.Select(ran => ran.Pairs).Distinct().Order().ShouldBe([PartRuns.SearchPairs, 100]);
        evidence.Runs.ShouldBe(runner.Ran.Count);
        news.Select(report => report.Runs).ShouldBeInOrder();
        (news[^1].Runs, news[^1].Part).ShouldBe((evidence.Runs, EvidencePart.Completeness));
        news.ShouldAllBe(report => report.Runs <= report.Of);
        evidence.Greedy[0].Model.Value.ShouldBe(1 * TableSetting.MeanFactor(100), 1e-9, "the mean over all pairs");
    }

    [Fact]
    public void The_same_seed_draws_the_same_K()
    {
        var (setting, _) = TableSetting.Make(TableSetting.Circuit("a0.h0", "a0.h1", "a1.h1", "a2.h0", "m0", "m2"), TableSetting.Sum(("a0.h0", 2), ("m0", 1)));
        string[] Drawn(int seed) => [.. Completeness.Of(setting with { Seed = seed }).Random.Select(gap => gap.Removed)];

        Drawn(1).ShouldBe(Drawn(1));
        Drawn(2).ShouldNotBe(Drawn(1));
    }

    [Fact]
    public void An_empty_circuit_has_no_gaps()
    {
        var (setting, _) = TableSetting.Make(TableSetting.Circuit(), circuit => circuit.Nodes().Any() ? 2 : 0);

        var evidence = Completeness.Of(setting);

        (evidence.Random.Length, evidence.Groups.Length, evidence.Greedy.Length).ShouldBe((0, 0, 0));
        (evidence.MeanRandomGap, evidence.LargestGap).ShouldBe((null, null));
        evidence.Complement.Size.ShouldBe(1);
    }

    [Fact]
    public void Cancellation_is_heard()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var (setting, _) = TableSetting.Make(Circuit, TableSetting.Sum(("a0.h0", 2)));

        Should.Throw<OperationCanceledException>(() => Completeness.Of(setting with { Cancellation = source.Token }));
    }
}
