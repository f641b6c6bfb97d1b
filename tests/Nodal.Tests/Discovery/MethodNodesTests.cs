using Nodal.Discovery;
using Nodal.Gates;
using Nodal.Runtime;

namespace Nodal.Tests.Discovery;

public sealed class MethodNodesTests
{
    [Fact]
    public void Methods_score_what_they_know_of_what_is_on()
    {
        MethodNodes.Of(DiscoveryMethod.Mattr, [Granularity.Head, Granularity.MlpHidden, Granularity.Layer]).ShouldBe([Granularity.MlpHidden]);
        MethodNodes.Of(DiscoveryMethod.Acdc, Enum.GetValues<Granularity>()).ShouldBe([Granularity.Head, Granularity.MlpBlock]);
        MethodNodes.Of(DiscoveryMethod.ActivationPatching, GateLayout.All).ShouldBe([Granularity.AttentionBlock, Granularity.Head, Granularity.MlpBlock]);
        MethodNodes.Of(DiscoveryMethod.Relp, GateLayout.All).ShouldBe(GateLayout.All);
    }

    [Fact]
    public void The_finest_have_none_below_them()
    {
        MethodNodes.Finest(Enum.GetValues<Granularity>()).ShouldBe([Granularity.AttentionNeuron, Granularity.MlpHidden, Granularity.MlpOutput, Granularity.Embedding]);
        MethodNodes.Finest([Granularity.AttentionBlock, Granularity.Head, Granularity.MlpBlock]).ShouldBe([Granularity.Head, Granularity.MlpBlock]);
        MethodNodes.Finest([Granularity.Layer, Granularity.MlpOutput]).ShouldBe([Granularity.MlpOutput]);
    }

    [Theory]
    [InlineData(DiscoveryMethod.Ranking, "ranking")]
    [InlineData(DiscoveryMethod.AttributionPatching, "attribution-patching")]
    [InlineData(DiscoveryMethod.UniformGradientSampling, "uniform-gradient-sampling")]
    [InlineData(DiscoveryMethod.Hisp, "hisp")]
    public void Methods_have_words(DiscoveryMethod method, string word) => Words.Of(method).ShouldBe(word);

    [Theory]
    [InlineData(DiscoveryMethod.AttributionPatching)]
    [InlineData(DiscoveryMethod.Relp)]
    [InlineData(DiscoveryMethod.Hisp)]
    public void The_gradient_of_KL_in_the_full_model_is_refused_for_it_is_0(DiscoveryMethod method) =>
        Should.Throw<NodalException>(() => new AttributionOptions { Metric = AnswerMetric.Kl }.Validate(method)).Message.ShouldContain("the gradient of KL is 0 in the full model");

    [Fact]
    public void Options_of_attributions_are_refused_together() =>
        Should.Throw<NodalException>(() => new AttributionOptions { Steps = 0, Thresholds = [1, 0.5], BatchSize = 0 }.Validate(DiscoveryMethod.Acdc)).Message
            .ShouldSatisfyAllConditions(text => text.ShouldContain("steps 0"), text => text.ShouldContain("thresholds 1 0.5"), text => text.ShouldContain("batch size 0"));
}
