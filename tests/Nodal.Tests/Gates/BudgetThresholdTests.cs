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
    [MemberData(nameof(Models))]
    public void It_is_never_further_from_the_budget_than_bisection(string model)
    {
        var layout = RandomGates.Layout(model);
        var account = new SizeAccount(layout);
        var functions = Gen.Select(Gen.Double[-15, 0.5], Gen.OneOf(0, 0.001, 0.1, 1)).Select((power, stretch) => new GateFunction(Math.Pow(10, power), stretch));
        var scores = Gen.OneOf(Gen.Double[-2, 2], Gen.OneOf(-1e3, -1, 0, 1e-9, 2, 1e3)).Array[layout.Count];
        Gen.Select(functions, scores, Gen.Double[-4, 0].Select(power => Math.Pow(10, power))).Sample((function, scores, budget) =>
        {
            var gates = new double[layout.Count];
            BudgetThreshold.Find(function, account, scores, budget, gates);
            var found = Math.Abs(account.Fraction(gates) - budget);
            Bisection.Find(function, account, scores, budget, gates);
            found.ShouldBeLessThanOrEqualTo(Math.Abs(account.Fraction(gates) - budget) + 1.001e-10);
        });
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Gates_that_are_always_open_leave_the_others_to_meet_the_budget(string model)
    {
        var layout = RandomGates.WholeLayout(model);
        var account = new SizeAccount(layout);
        var scores = Gen.Select(Gen.Double[-2, 2].Array[layout.Count], RandomGates.Nodes(layout.Count))
            .Select((scores, open) => scores.Select((score, i) => open[i] && i > 0 ? double.PositiveInfinity : score).ToArray());
        Gen.Select(Functions, scores, Gen.Double[0.01, 1]).Sample((function, scores, part) =>
        {
            var always = Array.ConvertAll(scores, score => double.IsPositiveInfinity(score) ? 1.0 : 0.0);
            var least = account.Fraction(always);
            var (gates, slopes) = (new double[layout.Count], new double[layout.Count]);
            BudgetThreshold.Find(function, account, scores, least + ((1 - least) * part), gates);
            function.Slopes(gates, slopes);

            account.Fraction(gates).ShouldBe(least + ((1 - least) * part), 1.001e-10);
            gates.Where((_, i) => always[i] == 1).ShouldAllBe(gate => gate == 1);
            slopes.Where((_, i) => always[i] == 1).ShouldAllBe(slope => slope == 0);
        });
    }

    [Fact]
    public void It_is_the_threshold_of_bisection()
    {
        var layout = RandomGates.Layout("llama-biases");
        var account = new SizeAccount(layout);
        Gen.Select(Functions, Gen.Double[-2, 2].Array[layout.Count], Gen.Double[0.01, 0.99]).Sample((function, scores, budget) =>
        {
            var (gates, slopes, sizes) = (new double[layout.Count], new double[layout.Count], new double[layout.Count]);
            var expected = Bisection.Find(function, account, scores, budget, gates);
            function.Slopes(gates, slopes);
            account.Gradient(gates, sizes);
            var steepness = slopes.Zip(sizes, (slope, size) => slope * size).Sum() / account.Total;

            // Twice the tolerance of either in size, as a distance in τ.
            BudgetThreshold.Find(function, account, scores, budget, gates).ShouldBe(expected, (4e-10 / steepness) + 1e-12);
        });
    }

    [Fact]
    public void Between_two_sizes_that_a_jump_leaves_out_it_takes_the_nearer()
    {
        var layout = RandomGates.Layout("gpt2");
        var account = new SizeAccount(layout);
        var scores = Enumerable.Repeat(1.0, layout.Count).ToArray();
        layout.Config.Layers.ShouldBe(3);
        foreach (var granularity in GateLayout.All)
        {
            scores.AsSpan(layout.Span(granularity, 0)).Fill(2);
        }

        // A third open, or everything; between them no gate but the half-open one of a score at the threshold itself.
        double Size(double budget)
        {
            var gates = new double[layout.Count];
            BudgetThreshold.Find(new GateFunction(1e-30, 0.1), account, scores, budget, gates);
            return account.Fraction(gates);
        }

        Size(0.3).ShouldBe(1 / 3.0, 1e-12);
        Size(0.36).ShouldBe(1 / 3.0, 1e-12);
        Size(0.95).ShouldBe(1, 1e-12);
        Size(0.02).ShouldBe(0, 1e-12);
    }

    [Fact]
    public void A_search_and_the_gradient_of_the_size_allocate_nothing()
    {
        var layout = RandomGates.Layout("llama-gqa");
        var account = new SizeAccount(layout);
        var (gates, gradient, scores) = (new double[layout.Count], new double[layout.Count], RandomGates.Fixed(layout.Count, seed: 9));
        var function = new GateFunction(0.2, 0.1);
        void Work()
        {
            BudgetThreshold.Find(function, account, scores, 0.3, gates);
            account.Gradient(gates, gradient);
        }

        Work();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Work();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
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
