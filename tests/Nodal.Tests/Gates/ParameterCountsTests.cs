using Nodal.Gates;
using Nodal.Models;

namespace Nodal.Tests.Gates;

public sealed class ParameterCountsTests
{
    private static readonly ModelConfig Gpt2Small = new()
    {
        Architecture = "gpt2",
        Layers = 12,
        Width = 768,
        Heads = 12,
        KeyValueHeads = 12,
        HeadWidth = 64,
        HiddenWidth = 3072,
        VocabularySize = 50257,
        ContextLength = 1024,
        Norm = NormKind.LayerNorm,
        NormEpsilon = 1e-5,
        Activation = ActivationKind.GeluTanh,
        GatedMlp = false,
        AttentionInputBias = true,
        AttentionOutputBias = true,
        MlpBias = true,
        TiedEmbeddings = true,
    };

    [Fact]
    public void Parts_of_gpt2_small_add_up_to_the_published_124_million()
    {
        var counts = ParameterCounts.Of(new GateLayout(Gpt2Small));

        counts.Total.ShouldBe(124_439_808);
        counts.Norms.ShouldBe(25 * 2 * 768);
        counts.Head.ShouldBe(0);
    }

    [Fact]
    public void A_head_of_its_own_counts_once_more()
    {
        var counts = ParameterCounts.Of(new GateLayout(Gpt2Small with { TiedEmbeddings = false }));

        counts.Head.ShouldBe(50257 * 768);
    }

    [Fact]
    public void Outputs_of_another_number_make_a_head_of_another_size_and_no_norm_has_no_parameters()
    {
        var counts = ParameterCounts.Of(new GateLayout(Gpt2Small with { TiedEmbeddings = false, OutputSize = 3, Norm = NormKind.None }));

        (counts.Head, counts.Norms).ShouldBe((3 * 768, 0));
    }

    [Fact]
    public void Rotary_positions_have_no_parameters()
    {
        var counts = ParameterCounts.Of(new GateLayout(Gpt2Small with { Rotary = new RotaryEmbedding(Theta: 10000) }));

        counts.Embeddings.ShouldBe(50257 * 768);
    }
}
