using Nodal.Circuits;

namespace Nodal.Discovery;

/// <summary>One ranking from those of several runs: a node's score is the mean of its ranks.</summary>
/// <remarks>
/// Ranked are the thresholds at which nodes enter the closed circuit, not the scores: a leaf with a high score below a closed head is in no small circuit, whatever its score,
/// and scores of such leaves are noise. Ranks, because scores of two runs have no common scale. A node that is always open, for its granularity has no gates, stays so.
/// </remarks>
internal static class ConsensusRanking
{
    /// <summary>The consensus of rankings of one model.</summary>
    public static Ranking Of(IReadOnlyList<Ranking> rankings)
    {
        var layout = rankings[0].Layout;
        var mean = new double[layout.Count];
        foreach (var ranking in rankings)
        {
            var ranks = Ranks(ranking.Entries);
            for (var i = 0; i < mean.Length; i++)
            {
                mean[i] += ranks[i] / rankings.Count;
            }
        }

        return new Ranking(layout, mean.Select((score, i) => rankings.All(ranking => double.IsPositiveInfinity(ranking.Scores[i])) ? double.PositiveInfinity : score));
    }

    /// <summary>Ranks of values, from 1 for the lowest; equal values share the mean of theirs.</summary>
    public static double[] Ranks(ReadOnlySpan<double> values)
    {
        double[] sorted = [.. values];
        var positions = Enumerable.Range(0, sorted.Length).ToArray();
        Array.Sort(sorted, positions);
        var ranks = new double[sorted.Length];
        for (int first = 0, last; first < sorted.Length; first = last)
        {
            last = first + 1;
            while (last < sorted.Length && sorted[last].Equals(sorted[first]))
            {
                last++;
            }

            foreach (var position in positions.AsSpan(first, last - first))
            {
                ranks[position] = (first + 1 + last) / 2.0;
            }
        }

        return ranks;
    }
}
