using Nodal.Circuits;
using Nodal.Discovery;
using Nodal.Tests.Gates;

namespace Nodal.Tests.Discovery;

public sealed class RefinementGoalTests
{
    private static readonly NodeSet Nodes = NodeSet.Full(RandomGates.Layout("gpt2"));

    [Theory]
    [InlineData(90, 0.19, true)]
    [InlineData(90, 0.21, false)]
    [InlineData(100, 0.14, true)]
    [InlineData(100, 0.15, false)]
    [InlineData(110, 0.01, false)]
    public void Within_a_budget_fewer_parameters_are_better_and_then_less_KL(double parameters, double kl, bool better) =>
        RefinementGoal.WithinBudget(0.2).Improves(Circuit(parameters, kl), Circuit(100, 0.15)).ShouldBe(better);

    [Theory]
    [InlineData(100, 0.14, true)]
    [InlineData(101, 0.01, false)]
    [InlineData(90, 0.15, true)]
    [InlineData(90, 0.16, false)]
    public void Within_a_size_less_KL_is_better_and_then_fewer_parameters(double parameters, double kl, bool better) =>
        RefinementGoal.WithinParameters(100).Improves(Circuit(parameters, kl), Circuit(95, 0.15)).ShouldBe(better);

    private static RefinedCircuit Circuit(double parameters, double kl) => new(Nodes, parameters, kl);
}
