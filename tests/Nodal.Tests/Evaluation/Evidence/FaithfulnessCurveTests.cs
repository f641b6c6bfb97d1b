using Nodal.Circuits;
using Nodal.Evaluation.Evidence;
using Nodal.Gates;
using Nodal.Tests.Gates;

namespace Nodal.Tests.Evaluation.Evidence;

public sealed class FaithfulnessCurveTests
{
    private static readonly double[] Sizes = [.. FaithfulnessCurve.Sizes];

    private static readonly Ranking Ranking = new(TableSetting.Layout, RandomGates.Fixed(TableSetting.Layout.Count, seed: 4));

    // ∫ x dx from .001 to 1 is (1 − 10⁻⁶) / 2; the trapezoid rule is exact for straight lines.
    [Fact]
    public void A_straight_line_has_the_areas_of_its_triangle()
    {
        var areas = FaithfulnessCurve.Areas(Sizes, size => size, 1);

        areas[0].ShouldBe(0.4999995, 1e-12);
        areas[1].ShouldBe(0.999 - 0.4999995, 1e-12);
    }

    [Fact]
    public void Over_the_logarithm_every_factor_of_size_counts_alike()
    {
        var straight = Array.ConvertAll(Sizes, size => 1 + (Math.Log(size) / Math.Log(1000)));

        FaithfulnessCurve.Areas(straight, Math.Log, Math.Log(1000)).ShouldAllBe(area => Math.Abs(area - 0.5) < 1e-12);
    }

    [Fact]
    public void Too_much_behaviour_raises_both_areas()
    {
        var areas = FaithfulnessCurve.Areas(Array.ConvertAll(Sizes, _ => 2.0), size => size, 1);

        areas[0].ShouldBe(1.998, 1e-12);
        areas[1].ShouldBe(0.999, 1e-12);
    }

    // The published sizes and two values of f that differ: .499 · (.5 + 1) / 2 between .5 and 1, where f is .5 at .5; 0 at all smaller sizes, so .3 · .5 / 2 between .2 and .5.
    [Fact]
    public void The_trapezoid_rule_is_that_of_the_published_sizes() =>
        FaithfulnessCurve.Areas([0, 0, 0, 0, 0, 0, 0, 0, 0.5, 1], size => size, 1)[0].ShouldBe((0.3 * 0.25) + (0.5 * 0.75), 1e-12);

    /// <summary>m is −1 with nothing and 3 with everything, and in between what the share of nodes says: f is that share, of every pair alike.</summary>
    [Fact]
    public void Faithfulness_is_the_share_of_what_closing_every_node_takes_away()
    {
        static double NodeShare(NodeSet circuit) => (double)circuit.Nodes().Count() / circuit.Layout.Count;
        var (setting, runner) = TableSetting.Make(Ranking.AtSize(0.5), circuit => -1 + (4 * NodeShare(circuit)), circuit => 1 - NodeShare(circuit), Ranking);

        var curve = FaithfulnessCurve.Of(setting);

        foreach (var point in curve.Nodes.Points.Concat(curve.Parameters.Points))
        {
            point.Faithfulness.Value.ShouldBe(point.NodeShare, 1e-12);
            point.Faithfulness.Interval.Low.ShouldBe(point.NodeShare, 1e-12, "pairs that agree leave no doubt, however strong they are");
            point.Faithfulness.Interval.High.ShouldBe(point.NodeShare, 1e-12);
            point.Kl.Value.ShouldBe((1 - point.NodeShare) * TableSetting.MeanFactor(8), 1e-12);
        }

        curve.Nodes.Linear.Cpr.Value.ShouldBe(FaithfulnessCurve.Areas([.. curve.Nodes.Points.Select(point => point.NodeShare)], size => size, 1)[0], 1e-12);
        curve.Nodes.Logarithmic.Cmd.Value.ShouldBe(FaithfulnessCurve.Areas([.. curve.Nodes.Points.Select(point => point.NodeShare)], Math.Log, Math.Log(1000))[1], 1e-12);
        (curve.Nodes.Points[^1].Faithfulness.Value, curve.Parameters.Points[^1].Faithfulness.Value).ShouldBe((1, 1));
        curve.Runs.ShouldBe(runner.Ran.Count);
    }

    [Fact]
    public void Circuits_are_the_largest_within_a_size_of_either_kind()
    {
        var account = new SizeAccount(TableSetting.Layout);
        var count = TableSetting.Layout.Count;
        foreach (var size in Sizes)
        {
            account.Fraction(FaithfulnessCurve.OfParameters(Ranking, size).Gates()).ShouldBeLessThanOrEqualTo(size);
            FaithfulnessCurve.OfNodes(Ranking, size).Nodes().Count().ShouldBeLessThanOrEqualTo((int)(size * count));
        }

        var entries = Ranking.Entries.ToArray().OrderDescending().ToArray();
        FaithfulnessCurve.OfNodes(Ranking, 0.5).SameAs(Ranking.Above(entries[count / 2])).ShouldBeTrue();
        FaithfulnessCurve.OfNodes(Ranking, 1).SameAs(NodeSet.Full(TableSetting.Layout)).ShouldBeTrue();
    }

    [Fact]
    public void Where_no_circuit_is_so_small_every_node_is_closed()
    {
        var together = new Ranking(TableSetting.Layout, new double[TableSetting.Layout.Count]);
        var closed = new Ranking(TableSetting.Layout, Enumerable.Repeat(double.PositiveInfinity, TableSetting.Layout.Count));

        FaithfulnessCurve.OfNodes(together, 0.5).Nodes().ShouldBeEmpty();
        FaithfulnessCurve.OfNodes(closed, 0.5).Nodes().ShouldBeEmpty();
        FaithfulnessCurve.OfParameters(closed, 0.5).Nodes().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(2.1, false)]
    public void Without_a_behaviour_to_take_away_there_is_no_curve(double full, bool flat)
    {
        var whole = NodeSet.Full(TableSetting.Layout);
        var (setting, _) = TableSetting.Make(whole, circuit => circuit.SameAs(whole) ? full : 2, ranking: Ranking);

        FaithfulnessCurve.IsFlat(setting).ShouldBe(flat);
    }

    [Fact]
    public void Intervals_come_from_pairs_drawn_again()
    {
        var (setting, _) = TableSetting.Make(TableSetting.Circuit("a0.h0"), kept => kept.Nodes().Any() ? 2 : 0, ranking: Ranking);
        setting.AllClosed[0] = setting.AllClosed[0] with { LogitDifference = -5 };
        var changed = new TableRunner(setting.Pairs, kept => kept.Count(Granularity.Head), _ => 0);

        var estimate = FaithfulnessCurve.Of(setting with { Runner = changed }).Parameters.Points[^2].Faithfulness;

        estimate.Interval.High.ShouldBeGreaterThan(estimate.Interval.Low);
        estimate.Value.ShouldBeInRange(estimate.Interval.Low, estimate.Interval.High);
    }
}
