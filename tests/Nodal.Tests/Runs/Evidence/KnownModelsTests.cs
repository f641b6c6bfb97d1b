using Nodal.Discovery;
using Nodal.Evaluation;
using Nodal.Models;
using Nodal.Runs.Evidence;

namespace Nodal.Tests.Runs.Evidence;

/// <summary>Methods on the embedded transformers compiled by Tracr: areas as in bench/results/2026-11-26-ground-truth.md, of methods for which they are the same for every seed. The ranking is in CompiledModelTests.</summary>
public sealed class KnownModelsTests
{
    // Of 4 needed and 4 other nodes of the one, 14½ of 16 comparisons are right by magnitude, 4 by the full model's gradient.
    [Theory]
    [InlineData(DiscoveryMethod.ActivationPatching, 1, 1)]
    [InlineData(DiscoveryMethod.IntegratedGradients, 1, 1)]
    [InlineData(DiscoveryMethod.Relp, 1, 1)]
    [InlineData(DiscoveryMethod.Hisp, 1, 1)]
    [InlineData(DiscoveryMethod.Acdc, 1, 1)]
    [InlineData(DiscoveryMethod.Mattr, 1, 1)]
    [InlineData(DiscoveryMethod.SubnetworkProbing, 1, 1)]
    [InlineData(DiscoveryMethod.UniformGradientSampling, 1, 1)]
    [InlineData(DiscoveryMethod.Magnitude, 0.90625, 1)]
    [InlineData(DiscoveryMethod.AttributionPatching, 0.25, 1)]
    public void A_method_finds_as_much_of_what_is_needed_as_was_measured(DiscoveryMethod method, double reverse, double proportion)
    {
        double? Area(string model) => GroundTruth.Of(model).Score(KnownModels.Rank(model, method, seed: 0, threads: null, progress: null, CancellationToken.None)).Area;

        Area(EmbeddedModel.Reverse)!.Value.ShouldBe(reverse, 1e-12);
        Area(EmbeddedModel.Proportion)!.Value.ShouldBe(proportion, 1e-12);
    }
}
