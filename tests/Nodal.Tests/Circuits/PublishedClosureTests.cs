using CsCheck;
using Nodal.Circuits;
using Nodal.Gates;
using Nodal.Models;

namespace Nodal.Tests.Circuits;

public sealed class PublishedClosureTests
{
    private static readonly GateLayout Layout = new(new ModelConfig
    {
        Architecture = "llama", Layers = 2, Width = 4, Heads = 2, KeyValueHeads = 1, HeadWidth = 2, HiddenWidth = 3, VocabularySize = 10, ContextLength = 8,
        Norm = NormKind.RmsNorm, NormEpsilon = 1e-5, Activation = ActivationKind.Silu, GatedMlp = true,
    });

    [Theory]
    [InlineData("a0.h0 a0.h0.d0", "")]
    [InlineData("a0 a0.h0.d0", "")]
    [InlineData("a0 a0.h0", "")]
    [InlineData("a0 a0.h0 a0.h0.d1 a0.h1 a0.h1", "a0 a0.h0 a0.h0.d1")]
    [InlineData("m0.n1 m0.o1", "")]
    [InlineData("m0", "")]
    [InlineData("m0 m0.n1", "m0 m0.n1")]
    [InlineData("m1 m1.o0 m1.o3", "m1 m1.o0 m1.o3")]
    [InlineData("m1 m1.n2 m1.o0", "m1 m1.n2 m1.o0")]
    public void Every_rule_by_hand(string open, string kept) => Close(open).ShouldBe(kept);

    [Fact]
    public void It_keeps_all_that_closure_keeps_and_of_that_changes_nothing() => Gen.Bool.Array[Layout.Count].Sample(open =>
    {
        var published = PublishedClosure.Close(Layout, open);
        var own = NodeSet.Close(Layout, open);
        PublishedClosure.Close(Layout, published).ShouldBe(published);
        for (var i = 0; i < Layout.Count; i++)
        {
            (!own[i] || published[i]).ShouldBeTrue();
        }

        NodeSet.Close(Layout, published).Gates().ShouldBe(own.Gates());
        PublishedClosure.Close(Layout, Array.ConvertAll(own.Gates(), gate => gate != 0)).ShouldBe(Array.ConvertAll(own.Gates(), gate => gate != 0));
    });

    private static string Close(string names)
    {
        var open = new bool[Layout.Count];
        foreach (var name in names.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            open[Layout.IndexOf(Node.Parse(name))] = true;
        }

        var kept = PublishedClosure.Close(Layout, open);
        return string.Join(' ', Enumerable.Range(0, Layout.Count).Where(i => kept[i]).Select(i => Layout[i]).OrderBy(node => node.Layer).ThenBy(node => node.ToString(), StringComparer.Ordinal));
    }
}
