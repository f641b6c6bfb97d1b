using Nodal.Discovery.Attribution;
using Nodal.Gates;

namespace Nodal.Tests.Discovery.Attribution;

internal static class ScoringSettings
{
    /// <summary>The same with other granularities scored.</summary>
    public static ScoringSetting With(this ScoringSetting setting, params Granularity[] scored) => new()
    {
        Layout = setting.Layout, Model = setting.Model, Pairs = setting.Pairs, Gradient = setting.Gradient, Relevance = setting.Relevance, Runner = setting.Runner,
        Scored = scored, Options = setting.Options,
    };
}
