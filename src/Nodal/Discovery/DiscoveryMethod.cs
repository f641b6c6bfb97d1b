namespace Nodal.Discovery;

/// <summary>How nodes are scored. Every method gives a ranking through the same gates, so that all are chosen from and measured alike.</summary>
public enum DiscoveryMethod
{
    /// <summary>One run for every size, no coefficient (<see cref="RankingOptions"/>).</summary>
    Ranking,

    /// <summary>The published method (<see cref="PaperOptions"/>), arXiv 2512.10903.</summary>
    Paper,

    /// <summary>Numbers drawn by chance.</summary>
    Random,

    /// <summary>Mean square of a node's weights; looks at no pair.</summary>
    Magnitude,

    /// <summary>Heads and blocks closed one at a time (Wang et al. 2022, arXiv 2211.00593, and others before).</summary>
    ActivationPatching,

    /// <summary>The gradient of every gate in the full model (Nanda 2023; Syed et al. 2023, arXiv 2310.10348).</summary>
    AttributionPatching,

    /// <summary>The gradient of every gate, integrated from all closed to all open (Sundararajan et al. 2017, arXiv 1703.01365; Hanna et al. 2024, arXiv 2403.17806).</summary>
    IntegratedGradients,

    /// <summary>Attribution patching with the propagation rules of RelP (Jafari et al. 2025, arXiv 2508.21258).</summary>
    Relp,

    /// <summary>Head importance: the mean size of a gate's gradient on single pairs (Michel et al. 2019, arXiv 1905.10650).</summary>
    Hisp,

    /// <summary>Greedy closing of heads and MLP blocks (Conmy et al. 2023, arXiv 2304.14997), node by node.</summary>
    Acdc,

    /// <summary>Trained hard concrete gates of heads and MLP blocks (Cao et al. 2021, arXiv 2104.03514; <see cref="ProbingOptions"/>).</summary>
    SubnetworkProbing,

    /// <summary>The ranking with gates of leaves alone (MAttr, arXiv 2609.25518).</summary>
    Mattr,

    /// <summary>The mean gradient at gates drawn uniformly (after Li and Janson 2024, arXiv 2409.09951).</summary>
    UniformGradientSampling,
}
