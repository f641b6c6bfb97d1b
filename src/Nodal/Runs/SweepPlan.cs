using System.Collections.Immutable;
using Nodal.Discovery;
using Nodal.Gates;

namespace Nodal.Runs;

/// <summary>The runs of a sweep.</summary>
/// <param name="Settings">What was set for all of them, as the words of the tool; a sweep goes on only in the settings it has begun with.</param>
/// <param name="Keys">Settings that differ.</param>
/// <param name="Points">The runs, in the order in which they are made.</param>
public sealed record SweepPlan(ImmutableArray<string> Settings, ImmutableArray<string> Keys, ImmutableArray<SweepPoint> Points)
{
    /// <summary>A run to make too, from the options of one of the sweep and on its pairs, in a folder of its own, for its curve to stand beside the circuits; default none.</summary>
    public Func<DiscoverOptions, DiscoverOptions>? Reference { get; init; }

    /// <summary>The same with a run of the ranking as reference, where all runs are of the published method on one model and task, and so none has a curve for every size.</summary>
    public SweepPlan WithRanking()
    {
        var first = Points[0].Options;
        var alike = Points.All(point => point.Options.Method == DiscoveryMethod.Paper && (point.Options.Model, point.Options.Task.Task) == (first.Model, first.Task.Task));
        return alike ? this with { Reference = AsRanking } : this;
    }

    private static DiscoverOptions AsRanking(DiscoverOptions options) => options with
    {
        Method = DiscoveryMethod.Ranking,
        Ranking = new RankingOptions { Seed = options.Seed },
        Granularities = [.. GateLayout.All],
        Refinement = new RefinementOptions(),
        Seeds = 1,
    };
}
