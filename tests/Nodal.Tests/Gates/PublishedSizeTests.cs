using Nodal.Evaluation;
using Nodal.Gates;
using Nodal.Models;

namespace Nodal.Tests.Gates;

public sealed class PublishedSizeTests
{
    /// <summary>d = 4, H = 3, two layers.</summary>
    private static readonly GateLayout Layout = new(new ModelConfig
    {
        Architecture = "llama", Layers = 2, Width = 4, Heads = 2, KeyValueHeads = 1, HeadWidth = 2, HiddenWidth = 3, VocabularySize = 10, ContextLength = 8,
        Norm = NormKind.RmsNorm, NormEpsilon = 1e-5, Activation = ActivationKind.Silu, GatedMlp = true,
    });

    // a0: n = 3, 3·4·3 + 3·3 + 3·4 + 4 = 61. m1: h = 2, o = 1: 2·4 + 2 + 2·1 + 1 = 13.
    [Fact]
    public void A_few_nodes_are_counted_as_by_hand() =>
        PublishedSize.Parameters(Layout, Open("a0", "a0.h0", "a0.h0.d0", "a0.h0.d1", "a0.h1", "a0.h1.d1", "m1", "m1.n0", "m1.n2", "m1.o3")).ShouldBe(61 + 13);

    // 3·16 + 12 + 16 + 4 = 80 and 4·3 + 3 + 3·4 + 4 = 31 a layer.
    [Fact]
    public void The_whole_is_counted_as_by_hand()
    {
        PublishedSize.Total(Layout).ShouldBe(2 * (80 + 31));
        PublishedSize.Parameters(Layout, Enumerable.Repeat(true, Layout.Count).ToArray()).ShouldBe(2 * (80 + 31));
    }

    // o = 2, h = 0: only the bias of the outputs. And nothing under a closed block counts.
    [Fact]
    public void A_block_without_hidden_neurons_counts_its_outputs_and_a_closed_one_nothing()
    {
        PublishedSize.Parameters(Layout, Open("m0", "m0.o1", "m0.o2")).ShouldBe(2);
        PublishedSize.Parameters(Layout, Open("a0.h0", "a0.h0.d0", "m0.n1", "m0.o1")).ShouldBe(0);
    }

    // GPT-2 small: 12 · (4·768² + 4·768 + 2·768·3072 + 3072 + 768).
    [Fact]
    public void The_whole_of_gpt2_small_is_its_number_of_block_parameters_without_norms() =>
        PublishedSize.Total(new GateLayout(Layout.Config with { Layers = 12, Width = 768, Heads = 12, KeyValueHeads = 12, HeadWidth = 64, HiddenWidth = 3072 })).ShouldBe(85_017_600);

    // Heads 16 wide on a stream 8 wide: 3·8·16 + 3·16 + 16·8 + 8 = 568 and 8·3 + 3 + 3·8 + 8 = 59 a layer.
    [Fact]
    public void The_whole_of_heads_wider_than_the_stream_has_size_1()
    {
        var layout = new GateLayout(Layout.Config with { Width = 8, Heads = 4, KeyValueHeads = 4, HeadWidth = 4 });
        var count = PublishedCount.Of(layout, Enumerable.Repeat(true, layout.Count).ToArray());

        (count.TotalParameters, count.Size).ShouldBe((2L * (568 + 59), 1.0));
    }

    private static bool[] Open(params string[] names)
    {
        var open = new bool[Layout.Count];
        foreach (var name in names)
        {
            open[Layout.IndexOf(Node.Parse(name))] = true;
        }

        return open;
    }
}
