using Nodal.Circuits;
using Nodal.Discovery;
using Nodal.Gates;
using Nodal.Tests.Gates;

namespace Nodal.Tests.Discovery;

public sealed class SelectionTests : IDisposable
{
    private readonly TrainingSetting _setting = new("llama-gqa");
    private readonly Ranking _ranking;
    private readonly SizeAccount _account;

    public SelectionTests()
    {
        _ranking = new Ranking(_setting.Layout, RandomGates.Fixed(_setting.Layout.Count, seed: 8));
        _account = new SizeAccount(_setting.Layout);
    }

    public void Dispose() => _setting.Dispose();

    [Fact]
    public void The_circuit_is_within_the_budget_and_no_smaller_size_of_the_ladder_is()
    {
        double[] ladder = [.. SizeLadder.Default, 1];
        foreach (var budget in new[] { 0.02, 0.1, 0.4, 1, 3 })
        {
            var chosen = Within(budget);
            Kl(chosen).ShouldBeLessThanOrEqualTo(budget);
            foreach (var smaller in ladder.Select(_ranking.AtSize).Where(circuit => Size(circuit) < Size(chosen)))
            {
                Kl(smaller).ShouldBeGreaterThan(budget);
            }
        }
    }

    [Fact]
    public void The_gap_below_the_first_size_that_fits_is_searched()
    {
        var rungs = SizeLadder.Default.Append(1).Select(_ranking.AtSize).Select(Size).ToArray();
        var found = Enumerable.Range(1, 40).Select(i => Size(Within(i * 0.05))).Distinct().ToArray();
        found.Except(rungs).ShouldNotBeEmpty();
    }

    [Fact]
    public void A_budget_that_everything_meets_gives_the_smallest_of_the_ladder() =>
        Within(1000).Gates().ShouldBe(_ranking.AtSize(SizeLadder.Default[0]).Gates());

    [Fact]
    public void No_budget_at_all_gives_the_whole_model() => Within(-1).Nodes().Count().ShouldBe(_setting.Layout.Count);

    [Fact]
    public void Cancellation_is_heard()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Should.Throw<OperationCanceledException>(() => new Selection(_ranking, _setting.Runner, _setting.Pairs).WithinBudget(0.1, source.Token));
    }

    [Fact]
    public void The_ladder_rises_and_ends_below_the_whole()
    {
        SizeLadder.Default.ShouldBeInOrder();
        SizeLadder.Default.Distinct().Count().ShouldBe(SizeLadder.Default.Length);
        SizeLadder.Default.ShouldAllBe(size => size > 0 && size < 1);
    }

    private NodeSet Within(double budget) => new Selection(_ranking, _setting.Runner, _setting.Pairs).WithinBudget(budget);

    private double Size(NodeSet circuit) => _account.Fraction(circuit.Gates());

    private double Kl(NodeSet circuit) => _setting.Runner.Measure([circuit], _setting.Pairs)[0].Average(pair => pair.Kl);
}
