using System.Collections.Immutable;
using Nodal.Evaluation;
using Nodal.Evaluation.Evidence;
using Nodal.Gates;

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

    [Theory]
    [InlineData(1.19, ControlKind.Magnitude, true)]
    [InlineData(1.21, ControlKind.Magnitude, false)]
    [InlineData(1.19, ControlKind.ShuffledAnswers, true)]
    [InlineData(0.4, ControlKind.Retrained, false)]
    public void A_control_of_half_the_faithfulness_comes_close_and_the_run_again_is_none(double kl, ControlKind kind, bool close) =>
        ControlRow.Of(kind, Row(kl), circuit: 0.4, allClosed: 2, again: 1).Close.ShouldBe(close);

    // Of 1.6 nats the run again takes away a share of its own; a trained control, which takes away 0.48 (a share of .3), is held against half of that where it is .5 to 1.
    [Theory]
    [InlineData(0.59, ControlKind.ShuffledAnswers, true)]
    [InlineData(0.61, ControlKind.PermutedWeights, false)]
    [InlineData(0.59, ControlKind.Magnitude, false)]
    [InlineData(1.2, ControlKind.ShuffledAnswers, false)]
    [InlineData(0.49, ControlKind.ShuffledAnswers, false)]
    [InlineData(-0.1, ControlKind.ShuffledAnswers, false)]
    [InlineData(null, ControlKind.ShuffledAnswers, false)]
    public void A_trained_control_is_held_against_the_run_again_in_as_many_steps(double? again, ControlKind kind, bool close) =>
        ControlRow.Of(kind, Row(2 - 0.48), circuit: 0.4, allClosed: 2, again).Close.ShouldBe(close);

    [Fact]
    public void Beyond_the_circuit_the_run_again_makes_no_control_less_close() =>
        ControlRow.Of(ControlKind.ShuffledAnswers, Row(1.19), circuit: 0.4, allClosed: 2, again: 1.2).Close.ShouldBeTrue();

    [Theory]
    [InlineData(2.9, true)]
    [InlineData(3.1, false)]
    public void Beside_a_circuit_that_takes_nothing_away_a_control_comes_close_where_it_is_no_worse(double kl, bool close) =>
        ControlRow.Of(ControlKind.Magnitude, Row(kl), circuit: 3, allClosed: 2, again: null).Close.ShouldBe(close);

    [Fact]
    public void A_circuit_that_takes_nothing_away_has_no_share() => ControlRow.ShareOf(1, circuit: 2, allClosed: 2).ShouldBeNull();

    /// <summary>Shares of the pairs drawn: 1, ¾ or ½ for none, one or two of the second.</summary>
    [Fact]
    public void A_share_has_an_interval_over_pairs() => ControlRow.IntervalOf([0, 1], [0, 0], [2, 2], seed: 1).ShouldBe(new Interval(0.5, 1));

    /// <summary>Each pair alone has a share of ½; of pairs drawn apart from each other the shares would differ.</summary>
    [Fact]
    public void All_three_of_a_share_are_drawn_from_the_same_pairs() => ControlRow.IntervalOf([1, 3], [0, 2], [2, 4], seed: 1).ShouldBe(new Interval(0.5, 0.5));

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void A_circuit_that_takes_nothing_away_has_no_interval(double circuit) => ControlRow.IntervalOf([1, 1], [circuit, circuit], [2, 2], seed: 1).ShouldBeNull();

    private static EvaluationRow Row(double kl) => new()
    {
        Size = 0.1, Kl = kl, LogitDifference = 1, FullLogitDifference = 2, Accuracy = 1, FullAccuracy = 1, ExactMatch = 1, Parameters = 1, Pairs = 1, Nodes = ImmutableSortedDictionary<Granularity, int>.Empty,
        Intervals = new MetricIntervals(new Interval(kl, kl), new Interval(1, 1), new Interval(1, 1), new Interval(1, 1)),
    };
}
