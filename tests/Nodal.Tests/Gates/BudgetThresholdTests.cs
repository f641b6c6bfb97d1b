using CsCheck;
using Nodal.Gates;
using Nodal.Tests.Models;

namespace Nodal.Tests.Gates;

public sealed class BudgetThresholdTests
{
    private static readonly Gen<GateFunction> Functions = Gen.Double[0.05, 0.5].Select(temperature => new GateFunction(temperature, 0.1));

    public static TheoryData<string> Models => TinyModels.Names;

    [Theory]
    [MemberData(nameof(Models))]
    public void The_size_at_the_threshold_is_the_budget(string model)
    {
        var layout = RandomGates.Layout(model);
        var account = new SizeAccount(layout);
        Gen.Select(Functions, Gen.Double[-2, 2].Array[layout.Count], Gen.Double[0.01, 1]).Sample((function, scores, budget) =>
        {
            var gates = new double[layout.Count];
            var threshold = BudgetThreshold.Find(function, account, scores, budget, gates);

            account.Fraction(gates).ShouldBe(budget, 1.001e-10);
            var again = new double[layout.Count];
            function.Gates(scores, threshold, again);
            again.ShouldBe(gates);
        });
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0)]
    public void Equal_scores_meet_any_budget_too(double stretch)
    {
        var layout = RandomGates.Layout("llama-gqa");
        var account = new SizeAccount(layout);
        var gates = new double[layout.Count];
        foreach (var budget in new[] { 0.01, 0.1, 0.5, 0.99 })
        {
            BudgetThreshold.Find(new GateFunction(0.5, stretch), account, new double[layout.Count], budget, gates);
            account.Fraction(gates).ShouldBe(budget, 1.001e-10);
        }
    }

    [Fact]
    public void The_whole_budget_opens_every_gate()
    {
        var layout = RandomGates.Layout("llama-gqa");
        var gates = new double[layout.Count];
        BudgetThreshold.Find(new GateFunction(0.5, 0.1), new SizeAccount(layout), RandomGates.Fixed(layout.Count, seed: 3), 1, gates);
        gates.ShouldAllBe(gate => gate == 1);
    }

    [Fact]
    public void A_smaller_budget_has_a_higher_threshold()
    {
        var layout = RandomGates.Layout("gpt2");
        var account = new SizeAccount(layout);
        var gates = new double[layout.Count];
        Gen.Select(Functions, Gen.Double[-2, 2].Array[layout.Count], Gen.Double[0.01, 0.98], Gen.Double[0.01, 0.98])
            .Where((_, _, one, other) => Math.Abs(one - other) > 1e-6)
            .Sample(
                (function, scores, one, other) => BudgetThreshold.Find(function, account, scores, Math.Min(one, other), gates)
                    .ShouldBeGreaterThan(BudgetThreshold.Find(function, account, scores, Math.Max(one, other), gates)),
                threads: 1);
    }
}
