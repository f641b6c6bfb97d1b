using System.Diagnostics;

namespace Nodal.Benchmarks;

/// <summary>The same thing measured several times.</summary>
/// <param name="Median">The middle one.</param>
/// <param name="Smallest">The smallest.</param>
/// <param name="Largest">The largest.</param>
internal sealed record Repeats(double Median, double Smallest, double Largest)
{
    /// <summary>Of measured values, at least one.</summary>
    public static Repeats Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return new Repeats(sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2, sorted[0], sorted[^1]);
    }

    /// <summary>Wall seconds of an action.</summary>
    public static Repeats Seconds(int repeats, Action action) => Of(Enumerable.Range(0, repeats).Select(_ => Seconds(action)));

    /// <summary>Wall seconds of actions that take turns, so that a machine whose speed wanders wanders for all of them; each runs once before, to warm up.</summary>
    public static Repeats[] InTurn(int repeats, params Action[] actions)
    {
        Array.ForEach(actions, action => action());
        var rounds = Enumerable.Range(0, repeats).Select(_ => Array.ConvertAll(actions, Seconds)).ToArray();
        return [.. Enumerable.Range(0, actions.Length).Select(action => Of(rounds.Select(round => round[action])))];
    }

    private static double Seconds(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
