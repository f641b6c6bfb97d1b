using System.CommandLine;
using System.Globalization;

namespace Nodal.Benchmarks;

/// <summary>Options that several commands have.</summary>
internal static class Options
{
    /// <summary>A whole number of at least 1.</summary>
    public static Option<int> Whole(string name, int fallback, string description)
    {
        var option = new Option<int>(name) { DefaultValueFactory = _ => fallback, Description = description };
        option.Validators.Add(result =>
        {
            if (result.GetValue(option) < 1)
            {
                result.AddError($"{name} must be 1 or more.");
            }
        });
        return option;
    }

    /// <summary>Threads of every engine.</summary>
    public static Option<int> Threads() => Whole("--threads", Environment.ProcessorCount, "threads; default all cores");

    /// <summary>Sizes of the gates.</summary>
    public static Option<double[]> Sizes(params double[] fallback)
    {
        var option = new Option<double[]>("--sizes")
        {
            DefaultValueFactory = _ => fallback, AllowMultipleArgumentsPerToken = true,
            Description = $"sizes of the gates; default {string.Join(' ', fallback.Select(size => size.ToString(CultureInfo.InvariantCulture)))}",
        };
        option.Validators.Add(result =>
        {
            if (result.GetValue(option)!.Any(size => !(size > 0 && size <= 1)))
            {
                result.AddError("--sizes must be above 0 and at most 1.");
            }
        });
        return option;
    }
}
