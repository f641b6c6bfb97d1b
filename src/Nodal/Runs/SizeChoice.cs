using System.Globalization;
using System.Text.Json.Serialization;
using Nodal.Runtime;

namespace Nodal.Runs;

/// <summary>How the size of the circuit is chosen: a size, a budget of KL, a threshold of the scores, or by default a tenth of the KL of the model with every gate closed.</summary>
public sealed record SizeChoice
{
    /// <summary>Wanted size, a fraction of all block parameters in (0, 1]; default none.</summary>
    public double? Keep { get; init; }

    /// <summary>Largest mean KL on selection pairs, nats; default none.</summary>
    public double? Budget { get; init; }

    /// <summary>The nodes with a score above it, whatever their size; default none.</summary>
    public double? Threshold { get; init; }

    /// <summary>Whether nothing is said of the size.</summary>
    [JsonIgnore]
    public bool IsDefault => Keep is null && Budget is null && Threshold is null;

    /// <summary>Share of the all-closed KL that is the budget where nothing is said of the size.</summary>
    public static double DefaultShare => 0.1;

    /// <summary>Refuses a size, budget or threshold that cannot be.</summary>
    /// <exception cref="NodalException">Out of range, or more than one given.</exception>
    public void Validate()
    {
        string?[] given = [Keep is null ? null : "--keep", Budget is null ? null : "--budget", Threshold is null ? null : "a threshold"];
        if (given.Count(name => name is not null) > 1)
        {
            Throw.Usage("the size is chosen twice", found: string.Join(" and ", given.OfType<string>()), expected: "one of them", remedy: "Leave one out");
        }

        if (Keep is { } keep && !(keep > 0 && keep <= 1))
        {
            Throw.Usage(
                "--keep is no size", found: Text(keep), expected: "a fraction of the parameters above 0 and at most 1, such as 0.1",
                remedy: "Give a fraction in that range");
        }

        if (Threshold is { } threshold && !double.IsFinite(threshold))
        {
            Throw.Usage("the threshold is no score", found: Text(threshold), expected: "a number, such as 0", remedy: "Give a number");
        }

        if (Budget is { } budget && !(budget >= 0 && double.IsFinite(budget)))
        {
            Throw.Usage("--budget is no KL", found: Text(budget), expected: "nats, 0 or more, such as 0.2", remedy: "Give a number in that range");
        }
    }

    /// <summary>For people: <c>keep 0.1</c>.</summary>
    public override string ToString() => Keep is { } keep ? $"keep {Text(keep)}"
        : Budget is { } budget ? $"budget {Text(budget)} nats"
        : Threshold is { } threshold ? $"scores above {Text(threshold)}"
        : $"budget {Text(DefaultShare)} of the all-closed KL";

    /// <summary>For file names: <c>keep-0.1</c>.</summary>
    [JsonIgnore]
    public string FileName => Keep is { } keep ? $"keep-{Text(keep)}" : Budget is { } budget ? $"budget-{Text(budget)}"
        : Threshold is { } threshold ? $"above-{Text(threshold)}" : "default-budget";

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
