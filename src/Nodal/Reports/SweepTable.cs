using System.Globalization;
using Nodal.Runs;

namespace Nodal.Reports;

/// <summary>A sweep as CSV: a line for each run, a failed one with its sentence and without numbers.</summary>
internal static class SweepTable
{
    private static readonly (string Name, Func<RunResult, object?> Of)[] Columns =
    [
        ("model", run => run.Model), ("task", run => run.Task), ("method", run => run.Method), ("seed", run => run.Seed),
        ("size", run => run.Chosen.Size), ("kl", run => run.Chosen.Kl), ("accuracy", run => run.Chosen.Accuracy), ("logitDifference", run => run.Chosen.LogitDifference),
        ("exactMatch", run => run.Chosen.ExactMatch), ("parameters", run => run.Chosen.Parameters), ("steps", run => run.Steps), ("seconds", run => run.Seconds), ("chosenBy", run => run.ChosenBy),
    ];

    public static string Of(SweepResult sweep)
    {
        IEnumerable<object?[]> lines =
        [
            ["run", .. sweep.Keys.Select(key => $"over {key}"), .. Columns.Select(column => column.Name), "pareto", "failure"],
            .. sweep.Runs.Select(row => (object?[])[row.Name, .. row.Values, .. Columns.Select(column => row.Result is null ? null : column.Of(row.Result)), row.Pareto ? "true" : "false", row.Failure]),
        ];
        return string.Concat(lines.Select(line => string.Join(',', line.Select(Field)) + "\n"));
    }

    /// <summary>As RFC 4180 has it: quoted where it must be.</summary>
    private static string Field(object? value)
    {
        var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        return text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
