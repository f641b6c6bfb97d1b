namespace Nodal.Discovery.Attribution;

/// <summary>Scores drawn by chance, one for each node, parents too: what any method must be better than.</summary>
internal sealed class RandomScores : INodeScorer
{
    public double[] Score(ScoringSetting setting)
    {
        var random = StepRandom.Of(setting.Options.Seed, 0);
        return [.. Enumerable.Range(0, setting.Layout.Count).Select(i =>
        {
            var draw = random.NextDouble();
            return setting.Scored.Contains(setting.Layout[i].Granularity) ? draw : double.PositiveInfinity;
        })];
    }
}
