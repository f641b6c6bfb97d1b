using CsCheck;
using Nodal.Circuits;
using Nodal.Discovery;
using Nodal.Gates;
using Nodal.Tests.Gates;

namespace Nodal.Tests.Discovery;

public sealed class RefinementTests : IDisposable
{
    private static readonly RefinementOptions Short = new() { Runs = 60, BatchSize = 4, StepsPerRound = 5 };

    private readonly TrainingSetting _setting = new("llama-gqa");
    private readonly SizeAccount _account;

    public RefinementTests() => _account = new SizeAccount(_setting.Layout);

    public void Dispose() => _setting.Dispose();

    /// <summary>The head that matters most was dropped; the one that matters least can go instead.</summary>
    [Fact]
    public void A_head_that_was_dropped_wrongly_takes_the_place_of_one_that_was_kept_wrongly()
    {
        var heads = Enumerable.Range(_setting.Layout.Offset(Granularity.Head), 2 * _setting.Layout.Config.Heads).OrderBy(KlWithout).ToArray();
        var (useless, useful) = (heads[0], heads[^1]);
        KlWithout(useless).ShouldBeLessThan(0.3 * KlWithout(useful));
        var scores = Enumerable.Repeat(3.0, _setting.Layout.Count).ToArray();
        (scores[useless], scores[useful]) = (0.2, -0.2);
        var ranking = new Ranking(_setting.Layout, scores);
        var start = Without(useful);

        var refined = Refine(ranking, start, RefinementGoal.WithinParameters(Parameters(start)), Short with { Runs = 200 });

        Kl(refined.Circuit).ShouldBeLessThanOrEqualTo(KlWithout(useless));
        refined.Circuit[useful].ShouldBeTrue();
        refined.Moves[0].Opened.ShouldBeGreaterThan(0);
        refined.Moves[0].Closed.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_budget_with_room_is_used()
    {
        var ranking = new Ranking(_setting.Layout, RandomGates.Fixed(_setting.Layout.Count, seed: 8));
        var start = NodeSet.Full(_setting.Layout);

        var refined = Refine(ranking, start, RefinementGoal.WithinBudget(0.1), Short with { Runs = 400 });

        Parameters(refined.Circuit).ShouldBeLessThan(0.95 * Parameters(start));
        Kl(refined.Circuit).ShouldBeLessThanOrEqualTo(0.1);
    }

    [Theory]
    [InlineData(0.7)]
    [InlineData(0.01)]
    public void Nodes_of_granularities_that_are_off_are_kept_wherever_their_ancestors_are(double size)
    {
        var layout = _setting.Layout;
        var scores = RandomGates.Fixed(layout.Count, seed: 8);
        foreach (var off in GateLayout.All.Where(granularity => granularity is not (Granularity.Head or Granularity.MlpHidden)))
        {
            scores.AsSpan(layout.Span(off)).Fill(double.PositiveInfinity);
        }

        var ranking = new Ranking(layout, scores);
        var start = ranking.AtSize(size);
        var refined = Refine(ranking, start, RefinementGoal.WithinParameters(Parameters(start)), Short with { Runs = 200 }).Circuit;

        Kl(refined).ShouldBeLessThanOrEqualTo(Kl(start));
        refined.Count(Granularity.AttentionNeuron).ShouldBe(layout.Config.HeadWidth * refined.Count(Granularity.Head));
        refined.Count(Granularity.MlpOutput).ShouldBe(layout.Config.Width * refined.Count(Granularity.MlpBlock));
    }

    [Fact]
    public void Whatever_the_scores_the_circuit_gets_better_move_by_move_or_stays_and_is_closed() =>
        Gen.Select(Gen.Double[-1, 1].Array[_setting.Layout.Count], Gen.Double[0.2, 0.8], Gen.Bool, Gen.Int[0, 60]).Sample((scores, size, bound, runs) =>
        {
            var ranking = new Ranking(_setting.Layout, scores);
            var start = ranking.AtSize(size);
            var goal = bound ? RefinementGoal.WithinBudget(Kl(start)) : RefinementGoal.WithinParameters(Parameters(start));
            var refined = Refine(ranking, start, goal, Short with { Runs = runs });

            var standing = new RefinedCircuit(start, Parameters(start), Kl(start));
            foreach (var move in refined.Moves)
            {
                var next = new RefinedCircuit(refined.Circuit, move.Parameters, move.Kl);
                goal.Improves(next, standing).ShouldBeTrue();
                standing = next;
            }

            (Parameters(refined.Circuit), Kl(refined.Circuit)).ShouldBe((standing.Parameters, standing.Kl));
            refined.Circuit.Gates().ShouldBe(NodeSet.Close(_setting.Layout, Array.ConvertAll(refined.Circuit.Gates(), gate => gate == 1)).Gates());
        }, iter: 12, threads: 1);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Where_no_node_has_a_finite_score_the_circuit_stays_as_it_is(bool bound)
    {
        var ranking = new Ranking(_setting.Layout, Enumerable.Repeat(double.PositiveInfinity, _setting.Layout.Count));
        var start = NodeSet.Full(_setting.Layout);

        var refined = Refine(ranking, start, bound ? RefinementGoal.WithinBudget(1) : RefinementGoal.WithinParameters(Parameters(start)), Short);

        refined.Circuit.Gates().ShouldBe(start.Gates());
        refined.Runs.ShouldBeGreaterThan(1);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(13, 0)]
    [InlineData(60, 0)]
    [InlineData(60, 1)]
    public void It_takes_no_more_runs_than_it_may_and_only_selection_pairs_decide(int runs, int taken)
    {
        var ranking = new Ranking(_setting.Layout, RandomGates.Fixed(_setting.Layout.Count, seed: 8));
        var counted = new CountedRuns(_setting.Loss, _setting.Runner);
        var selection = _setting.Pairs[..3];

        var refined = new Refinement(counted, counted, selection, Short with { Runs = runs }, seed: 1).Refine(ranking, ranking.AtSize(0.5), RefinementGoal.WithinBudget(1), taken);

        (taken + counted.Gradients + counted.Circuits).ShouldBe(refined.Runs);
        refined.Runs.ShouldBeLessThanOrEqualTo(runs);
        counted.Seen.ShouldBe(selection, ignoreOrder: true);
    }

    [Fact]
    public void The_same_seed_gives_the_same_circuit_and_moves()
    {
        var ranking = new Ranking(_setting.Layout, RandomGates.Fixed(_setting.Layout.Count, seed: 8));
        Refined Run() => Refine(ranking, ranking.AtSize(0.5), RefinementGoal.WithinParameters(Parameters(ranking.AtSize(0.5))), Short);

        var (first, second) = (Run(), Run());

        second.Circuit.Gates().ShouldBe(first.Circuit.Gates());
        second.Moves.ShouldBe(first.Moves);
        first.Moves.ShouldNotBeEmpty();
    }

    [Fact]
    public void Cancellation_is_heard_between_two_runs()
    {
        var ranking = new Ranking(_setting.Layout, RandomGates.Fixed(_setting.Layout.Count, seed: 8));
        using var source = new CancellationTokenSource();
        var refinement = new Refinement(_setting.Loss, _setting.Runner, _setting.Pairs, Short, seed: 1);
        var observer = new Observer<RefinementProgress>(_ => source.Cancel());

        Should.Throw<OperationCanceledException>(() => refinement.Refine(ranking, ranking.AtSize(0.5), RefinementGoal.WithinBudget(1), progress: observer, cancellation: source.Token));
    }

    private Refined Refine(Ranking ranking, NodeSet start, RefinementGoal goal, RefinementOptions options) =>
        new Refinement(_setting.Loss, _setting.Runner, _setting.Pairs, options, seed: 1).Refine(ranking, start, goal);

    private NodeSet Without(int head) => NodeSet.Close(_setting.Layout, [.. Enumerable.Range(0, _setting.Layout.Count).Select(i => i != head)]);

    private double KlWithout(int head) => Kl(Without(head));

    private double Parameters(NodeSet circuit) => _account.Parameters(circuit.Gates());

    private double Kl(NodeSet circuit) => _setting.Runner.Measure([circuit], _setting.Pairs)[0].Average(pair => pair.Kl);
}
