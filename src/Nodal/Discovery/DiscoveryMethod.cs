namespace Nodal.Discovery;

/// <summary>How scores are trained.</summary>
public enum DiscoveryMethod
{
    /// <summary>One run for every size, no coefficient (<see cref="RankingOptions"/>).</summary>
    Ranking,

    /// <summary>The published method (<see cref="PaperOptions"/>), arXiv 2512.10903.</summary>
    Paper,
}
