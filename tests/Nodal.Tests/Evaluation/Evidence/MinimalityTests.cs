using Nodal.Circuits;
using Nodal.Evaluation.Evidence;

namespace Nodal.Tests.Evaluation.Evidence;

public sealed class MinimalityTests
{
    private static readonly double Mean = TableSetting.MeanFactor(8);

    /// <summary>Heads and MLPs that matter much, a little, not at all, and one that does harm; blocks of attention go with their heads.</summary>
    [Fact]
    public void Leaving_a_node_out_costs_what_it_gives()
    {
        var circuit = TableSetting.Circuit("a0.h0", "a0.h1", "m1", "m2");
        var (setting, _) = TableSetting.Make(
            circuit, TableSetting.Sum(("a0.h0", 2), ("a0.h1", 0), ("m1", 0.5), ("m2", -0.25)), kept => TableSetting.Has(kept, "m1") ? 0 : 3);

        var evidence = Minimality.Of(setting);

        evidence.Nodes.ToDictionary(node => node.Node, node => Math.Round(node.Drop.Value / Mean, 12)).ShouldBe(
            new Dictionary<string, double> { ["a0"] = 2, ["a0.h0"] = 2, ["m1"] = 0.5, ["a0.h1"] = 0, ["m2"] = -0.25 }, ignoreOrder: true);
        evidence.Nodes.Select(node => node.Drop.Value).ShouldBeInOrder(SortDirection.Descending);
        evidence.Nodes.Single(node => node.Node == "m1").KlRise.Value.ShouldBe(3 * Mean, 1e-12);
        evidence.Nodes.Single(node => node.Node == "a0.h1").Parameters.ShouldBe(204);
        evidence.Nodes.Single(node => node.Node == "a0").Parameters.ShouldBe((2 * 204) + 12);
        evidence.Redundant!.Value.ShouldBe(2 / 5.0, 1e-12, "a0.h1 and m2, of five");
    }

    // 1 % of 1 is the tolerance: a0.h0 and a1.h0 give .0055 each, so either may go, not both; m0, the largest, gives .004, which leaves room for one of them.
    [Fact]
    public void Elimination_takes_the_largest_first_and_keeps_within_the_tolerance_in_all()
    {
        var circuit = TableSetting.Circuit("a0.h0", "a1.h0", "a2.h0", "m0");
        var (setting, _) = TableSetting.Make(circuit, TableSetting.Sum(("a0.h0", 0.0055), ("a1.h0", 0.0055), ("a2.h0", 0.985), ("m0", 0.004)));

        var evidence = Minimality.Of(setting);

        evidence.Elimination.Removed.ShouldBe(["m0", "a0"]);
        evidence.Elimination.Result.LogitDifference.ShouldBe(0.9905 * Mean, 1e-12);
        evidence.Elimination.RemovedShare.ShouldBe((362 + 216) / (362 + (3 * 216.0)), 1e-12);
        evidence.Redundant!.Value.ShouldBe(5 / 7.0, 1e-12, "all but a2 and its head, each alone");
    }

    [Fact]
    public void Of_a_negative_logit_difference_too_a_drop_is_a_drop()
    {
        var (setting, _) = TableSetting.Make(TableSetting.Circuit("a0.h0", "m0"), TableSetting.Sum(("a0.h0", 0.5), ("m0", -1)));

        Minimality.Of(setting).Redundant!.Value.ShouldBe(1 / 3.0, 1e-12, "without a0, or its head, the difference drops from −.5 to −1; without m0 it rises to .5");
    }

    [Fact]
    public void Elimination_decides_one_node_at_a_time_however_many_are_run_together()
    {
        string[] units = [.. Enumerable.Range(0, 3).SelectMany(layer => Enumerable.Range(0, 3).Select(head => $"a{layer}.h{head}")), "m0", "m1", "m2"];
        (string, double)[] weights = [.. units.Select((unit, i) => (unit, 0.0005 + (0.0004 * (i * 5 % 12)))), ("a0.h0", 1)];
        var circuit = TableSetting.Circuit(units);
        var (setting, runner) = TableSetting.Make(circuit, TableSetting.Sum(weights), pairs: 70);

        var evidence = Minimality.Of(setting);

        var expected = OneAtATime(circuit, TableSetting.Sum(weights));
        expected.Count.ShouldBeGreaterThan(1);
        evidence.Elimination.Removed.ShouldBe(expected);
        evidence.Runs.ShouldBe(runner.Ran.Count);
        runner.Ran.Select(ran => ran.Pairs).Distinct().Order().ShouldBe([PartRuns.SearchPairs, 70]);
    }

    [Fact]
    public void An_empty_circuit_has_nothing_to_leave_out()
    {
        var (setting, _) = TableSetting.Make(TableSetting.Circuit(), circuit => circuit.Nodes().Any() ? 2 : 0);

        var evidence = Minimality.Of(setting);

        (evidence.Nodes.Length, evidence.Redundant, evidence.Elimination.RemovedShare, evidence.Runs).ShouldBe((0, null, 0, 0));
    }

    private static List<string> OneAtATime(NodeSet circuit, Func<NodeSet, double> behaviour)
    {
        var account = new Nodal.Gates.SizeAccount(circuit.Layout);
        var (start, removed) = (behaviour(circuit), new List<string>());
        var nodes = new[] { Nodal.Gates.Granularity.AttentionBlock, Nodal.Gates.Granularity.MlpBlock, Nodal.Gates.Granularity.Head }.SelectMany(granularity => circuit.Positions(granularity));
        foreach (var node in nodes.OrderBy(node => account.Parameters(circuit.Without(node).Gates())).ToArray())
        {
            if (circuit[node] && start - behaviour(circuit.Without(node)) <= 0.01 * start)
            {
                circuit = circuit.Without(node);
                removed.Add(circuit.Layout[node].ToString());
            }
        }

        return removed;
    }
}
