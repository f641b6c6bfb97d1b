using Nodal.Circuits;
using Nodal.Evaluation;
using Nodal.Gates;
using Nodal.Runtime;
using Nodal.Tests.Gates;

namespace Nodal.Tests.Evaluation;

public sealed class GroundTruthTests
{
    /// <summary>Two layers of two heads and an MLP block each.</summary>
    private static readonly GateLayout Layout = RandomGates.Layout("compiled");

    private static readonly GroundTruth Truth = new([Node.Parse("a0.h1"), Node.Parse("m1")]);

    [Fact]
    public void Needed_nodes_are_set_against_all_other_heads_and_blocks()
    {
        // Needed: 4 and 2; others: heads 5, 1, 0, block 3. 4 is above three of four, 2 above two: 5 of 8. Heads: 4 against 5, 1, 0; blocks: 2 against 3.
        var scores = Scores(("a0.h0", 5), ("a0.h1", 4), ("a1.h0", 1), ("a1.h1", 0), ("m0", 3), ("m1", 2));

        Truth.Score(Layout, scores).ShouldBe(new GroundTruthScore(5.0 / 8, 2.0 / 3, 0));
    }

    [Fact]
    public void Of_a_ranking_a_head_counts_from_where_its_closed_circuits_have_it()
    {
        // The scores of heads and blocks are right, but attention block a0 closes first of all, and a0.h1 with it.
        var scores = Scores(("a0.h1", 9), ("m1", 9), ("a0", -1), ("a1", 9));

        Truth.Score(Layout, scores).Area.ShouldBe(1.0);
        Truth.Score(new Ranking(Layout, scores)).Heads!.Value.ShouldBe(1.0 / 6, 1e-12, "level with a0.h0, below both heads of a1");
    }

    [Fact]
    public void Where_every_node_of_a_kind_is_needed_it_has_no_area() =>
        new GroundTruth([Node.Parse("m0"), Node.Parse("m1")]).Score(Layout, new double[Layout.Count]).ShouldBe(new GroundTruthScore(0.5, null, null));

    [Fact]
    public void A_node_the_model_lacks_is_refused() =>
        Should.Throw<NodalException>(() => new GroundTruth([Node.Parse("m2")]).Score(Layout, new double[Layout.Count])).Message.ShouldContain("the model has no such node");

    [Fact]
    public void Of_another_model_nothing_is_known() =>
        Should.Throw<NodalException>(() => GroundTruth.Of("stories260K")).Message.ShouldStartWith("what a model needs is not known: found 'stories260K'; expected one of tracr-reverse, tracr-xproportion");

    private static double[] Scores(params (string Node, double Score)[] some)
    {
        var scores = new double[Layout.Count];
        foreach (var (node, score) in some)
        {
            scores[Layout.IndexOf(Node.Parse(node))] = score;
        }

        // Leaves are above all else, so that they keep nothing out.
        foreach (var granularity in new[] { Granularity.AttentionNeuron, Granularity.MlpHidden, Granularity.MlpOutput })
        {
            scores.AsSpan(Layout.Span(granularity)).Fill(100);
        }

        return scores;
    }
}
