using Nodal.Evaluation.Evidence;

namespace Nodal.Tests.Evaluation.Evidence;

public sealed class ControlRowTests
{
    // All closed 2 nats, the circuit 0.4: it takes 1.6 away. A control of 1.2 takes 0.8 away, a half.
    [Theory]
    [InlineData(0.4, 1)]
    [InlineData(1.2, 0.5)]
    [InlineData(2, 0)]
    [InlineData(2.8, -0.5)]
    public void The_share_is_of_what_the_circuit_takes_away_of_the_closed_models_divergence(double kl, double share) =>
        ControlRow.ShareOf(kl, circuit: 0.4, allClosed: 2)!.Value.ShouldBe(share, 1e-12);

    [Fact]
    public void A_circuit_that_takes_nothing_away_has_no_share() => ControlRow.ShareOf(1, circuit: 2, allClosed: 2).ShouldBeNull();
}
