namespace Nodal.Discovery.Attribution;

/// <summary>The methods that train nothing.</summary>
internal static class NodeScorers
{
    /// <returns>How a method scores nodes; <see langword="null"/> for a method that trains scores.</returns>
    public static INodeScorer? Of(DiscoveryMethod method) => method switch
    {
        DiscoveryMethod.Random => new RandomScores(),
        DiscoveryMethod.Acdc => new NodeAcdc(),
        DiscoveryMethod.Magnitude => new EffectScorer(new WeightMagnitude(), perParameter: true),
        _ => EffectsOf(method) is { } effects ? new EffectScorer(effects) : null,
    };

    /// <returns>How a method estimates effects; <see langword="null"/> for any other.</returns>
    public static INodeEffects? EffectsOf(DiscoveryMethod method) => method switch
    {
        DiscoveryMethod.Magnitude => new WeightMagnitude(),
        DiscoveryMethod.ActivationPatching => new ActivationPatching(),
        DiscoveryMethod.AttributionPatching => new AttributionPatching(),
        DiscoveryMethod.IntegratedGradients => new IntegratedGradients(),
        DiscoveryMethod.Relp => new RelevancePatching(),
        DiscoveryMethod.Hisp => new HeadImportance(),
        DiscoveryMethod.UniformGradientSampling => new UniformGradientSampling(),
        _ => null,
    };
}
