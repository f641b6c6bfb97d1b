using Nodal.Gates;

namespace Nodal.Discovery;

/// <summary>Which granularities a method scores; a node of any other is kept wherever its ancestors and children let it be.</summary>
internal static class MethodNodes
{
    /// <summary>Nodes of the papers that know no smaller ones.</summary>
    public static IReadOnlyList<Granularity> HeadsAndMlps { get; } = [Granularity.Head, Granularity.MlpBlock];

    /// <summary>Of some granularities those without any below them among them: with all of a layout, its leaves and the embedding.</summary>
    public static Granularity[] Finest(IReadOnlyCollection<Granularity> some) => [.. some.Where(one => !some.Any(other => IsBelow(other, one)))];

    /// <summary>The granularities a method scores, of those that are on.</summary>
    /// <param name="method">The method.</param>
    /// <param name="on">Granularities with gates.</param>
    public static Granularity[] Of(DiscoveryMethod method, IEnumerable<Granularity> on) => [.. on.Where(granularity => method switch
    {
        DiscoveryMethod.Mattr => GateLayout.IsLeaf(granularity),
        DiscoveryMethod.SubnetworkProbing or DiscoveryMethod.Acdc or DiscoveryMethod.Hisp => HeadsAndMlps.Contains(granularity),
        DiscoveryMethod.ActivationPatching => !GateLayout.IsLeaf(granularity),
        _ => true,
    })];

    private static bool IsBelow(Granularity child, Granularity parent) => parent switch
    {
        Granularity.Layer => child is not (Granularity.Layer or Granularity.Embedding),
        Granularity.AttentionBlock => child is Granularity.Head or Granularity.AttentionNeuron,
        Granularity.Head => child is Granularity.AttentionNeuron,
        Granularity.MlpBlock => child is Granularity.MlpHidden or Granularity.MlpOutput,
        _ => false,
    };
}
