using System.Reflection;
using Nodal.Discovery;
using Nodal.Runtime;

namespace Nodal.Tests.Discovery;

/// <summary>Numbers of options go into config.json, which has no word for those that are not finite.</summary>
public sealed class FiniteOptionsTests
{
    [Theory]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(double.NaN)]
    public void No_option_takes_a_number_that_is_not_finite(double value)
    {
        foreach (var type in new[] { typeof(PaperOptions), typeof(ProbingOptions), typeof(RankingOptions), typeof(RefinementOptions) })
        {
            var numbers = type.GetProperties().Where(property => (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) == typeof(double)).ToArray();
            numbers.ShouldNotBeEmpty();
            foreach (var number in numbers)
            {
                var options = Activator.CreateInstance(type)!;
                void Validate() => type.GetMethod("Validate")!.Invoke(options, BindingFlags.DoNotWrapExceptions, binder: null, parameters: null, culture: null);
                Validate();
                number.SetValue(options, value);

                Should.Throw<NodalException>(Validate, $"{type.Name}.{number.Name}");
            }
        }
    }
}
