using Nodal.Discovery;
using Nodal.Gates;
using Nodal.Models;
using Nodal.Tests.Gates;

namespace Nodal.Tests.Discovery;

public sealed class PaperPenaltyTests
{
    /// <summary>P(t ≠ 0) at a = 0: σ((2/3) log 11), computed apart.</summary>
    private const double Live = 0.8318221840;

    /// <summary>Two layers of 2 heads, 4 attention neurons, 3 hidden neurons, 4 outputs.</summary>
    private static readonly GateLayout Layout = new(new ModelConfig
    {
        Architecture = "llama", Layers = 2, Width = 4, Heads = 2, KeyValueHeads = 1, HeadWidth = 2, HiddenWidth = 3, VocabularySize = 10, ContextLength = 8,
        Norm = NormKind.RmsNorm, NormEpsilon = 1e-5, Activation = ActivationKind.Silu, GatedMlp = true,
    });

    private readonly double[] _gradient = new double[Layout.Count];

    // Weights 1, 1, 1, 2, 1, 1 in each of two layers over twelve tensors: 14/12.
    [Fact]
    public void Gates_of_one_probability_cost_their_mean_weight() => Of(new PaperOptions(), new double[Layout.Count], step: 1000).ShouldBe(14 / 12.0 * Live, 1e-9);

    // d = 1.5 and 1: 7 · 2.5 / 12; a quarter of the warm-up.
    [Fact]
    public void Depth_and_warm_up_are_factors() => Of(new PaperOptions { DepthScaling = 0.5 }, new double[Layout.Count], step: 250).ShouldBe(0.25 * 17.5 / 12 * Live, 1e-9);

    // Gates of a layer, MLP block twice: 1 + 2 + 4 + 2 + 3 + 4 = 16.
    [Fact]
    public void Summed_it_counts_every_gate() => Of(new PaperOptions { Summed = true }, new double[Layout.Count], step: 1000).ShouldBe(2 * 16 / 12.0 * Live, 1e-9);

    [Fact]
    public void Before_the_first_step_it_is_nothing()
    {
        Of(new PaperOptions(), new double[Layout.Count], step: 0).ShouldBe(0);
        _gradient.ShouldAllBe(value => value == 0);
    }

    // 1/12 · 2 · R' for the MLP block, 1/12 · 1/4 · R' for one of four outputs, R' = P (1 − P).
    [Fact]
    public void Its_gradient_equals_that_by_hand()
    {
        Of(new PaperOptions(), new double[Layout.Count], step: 1000);
        _gradient[Layout.IndexOf(Node.Parse("m1"))].ShouldBe(2 * Live * (1 - Live) / 12, 1e-9);
        _gradient[Layout.IndexOf(Node.Parse("m0.o2"))].ShouldBe(Live * (1 - Live) / 48, 1e-9);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Its_gradient_equals_finite_differences(bool summed)
    {
        const double Step = 1e-5;
        var options = new PaperOptions { DepthScaling = 0.3, Weights = GranularityWeights.OlderLlama, Summed = summed };
        var logAlpha = Array.ConvertAll(RandomGates.Fixed(Layout.Count, seed: 2), draw => (6 * draw) - 3);
        Of(options, logAlpha, step: 400);
        var gradient = _gradient.ToArray();
        for (var i = 0; i < logAlpha.Length; i++)
        {
            double At(double moved) => Of(options, [.. logAlpha.Select((value, j) => i == j ? value + moved : value)], step: 400);
            gradient[i].ShouldBe((At(Step) - At(-Step)) / (2 * Step), 1e-9);
        }
    }

    private double Of(PaperOptions options, double[] logAlpha, int step) => new PaperPenalty(Layout, options).Of(logAlpha, step, _gradient);
}
