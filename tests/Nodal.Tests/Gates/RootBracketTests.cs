using CsCheck;
using Nodal.Gates;

namespace Nodal.Tests.Gates;

public sealed class RootBracketTests
{
    [Fact]
    public void A_smooth_function_needs_few_evaluations()
    {
        Gen.Select(Gen.Double[-4.9, 4.9], Gen.Double[0.3, 3]).Sample((root, width) =>
        {
            var evaluations = Search(x => Math.Tanh((root - x) / width), until: 1e-12, out var found);
            found.ShouldBe(root, 1e-11);
            evaluations.ShouldBeLessThan(25);
        });
        Search(x => 1 - Math.Exp(x), until: 1e-12, out _).ShouldBeLessThan(12);
    }

    [Fact]
    public void A_jump_is_found_to_the_last_bit() =>
        Gen.Select(Gen.Double[-4.9, 4.9], Gen.Double[0.001, 10], Gen.Double[0.001, 10]).Sample((jump, above, below) =>
        {
            var (last, first) = (double.NegativeInfinity, double.PositiveInfinity);
            Search(
                x =>
                {
                    (last, first) = x < jump ? (Math.Max(last, x), first) : (last, Math.Min(first, x));
                    return x < jump ? above : -below;
                },
                until: 0, out _).ShouldBeLessThan(90);

            // Neighbours, or as near as the narrowest bracket is.
            (first - last).ShouldBeLessThanOrEqualTo(Math.Max(Math.BitIncrement(Math.Abs(jump)) - Math.Abs(jump), 2 * Narrowest) * 2);
        });

    public static TheoryData<string, Func<double, double, double>> Falling => new()
    {
        { "flat or steep at the root", (x, shape) => Math.CopySign(Math.Pow(Math.Abs(x), shape), -x) },
        { "bent", (x, shape) => Math.Exp(-shape * shape * x) - 1 },
        { "flat to every order", (x, shape) => Math.CopySign(Math.Exp(-shape / (x * x)) + 1e-300, -x) },
        { "stairs", (x, shape) => Math.Round(-x * Math.Pow(2, shape)) + 0.5 },
        { "of two scales", (x, shape) => x < 0 ? Math.Pow(-x, shape) + 1e-100 : -1e-3 * x },
    };

    [Theory]
    [MemberData(nameof(Falling))]
    public void No_falling_function_needs_twice_the_evaluations_of_bisection(string kind, Func<double, double, double> function)
    {
        const int OfBisection = 60;
        Gen.Select(Gen.Double[-4.9, 4.9], Gen.Double[0.1, 30])
            .Sample((root, shape) => Search(x => function(x - root, shape), until: 0, out _).ShouldBeLessThan(2 * OfBisection, kind));
    }

    [Fact]
    public void A_function_that_is_no_number_ends_too() => Search(_ => double.NaN, until: 0, out _).ShouldBeLessThan(90);

    private const double Narrowest = 1e-17;

    /// <summary>Number of evaluations from [-5, 5] on until the value is small or the bracket closed.</summary>
    private static int Search(Func<double, double> function, double until, out double found)
    {
        var bracket = new RootBracket((-5, function(-5)), (5, function(5)), Narrowest);
        found = double.NaN;
        var evaluations = 0;
        for (; !double.IsNaN(bracket.Next) && evaluations < 1000; evaluations++)
        {
            found = bracket.Next;
            var value = function(found);
            if (Math.Abs(value) <= until)
            {
                break;
            }

            bracket.Add(value);
        }

        return evaluations;
    }
}
