using System.Collections.Immutable;

namespace Nodal.Evaluation.Evidence;

/// <summary>The tests of Shi et al. 2024, "Hypothesis testing the circuit hypothesis in LLMs", arXiv 2410.13032: three of an ideal circuit, two against random circuits of equal size.</summary>
/// <remarks>
/// Score of a pair is its logit difference. An ideal circuit is one whose null hypotheses of equivalence, independence and minimality stand; a circuit better than chance one whose null hypotheses of sufficiency
/// and partial necessity fall.
/// </remarks>
public sealed record HypothesesEvidence
{
    /// <summary>Level of every test; of minimality, of all its nodes together.</summary>
    public required double Level { get; init; }

    /// <summary>Whether circuit and full model outdo each other equally often, on all pairs.</summary>
    public required EquivalenceTest Equivalence { get; init; }

    /// <summary>Whether what is left without the circuit still knows the task.</summary>
    public required IndependenceTest Independence { get; init; }

    /// <summary>The same of the model with every node closed: what prompts and ablation alone carry, and <see cref="Independence"/> is to be held against.</summary>
    public required IndependenceTest IndependenceAllClosed { get; init; }

    /// <summary>Whether every kept head and block matters more than random nodes from outside.</summary>
    public required NodeMinimalityTest Minimality { get; init; }

    /// <summary>Whether the circuit is more faithful than random ones: KL(full ‖ circuit), less is better; <see langword="null"/> where all that are drawn are the circuit itself.</summary>
    public required RandomComparison? Sufficiency { get; init; }

    /// <summary>Whether leaving out the circuit hurts more than leaving out random ones: KL(full ‖ complement), more is better; <see langword="null"/> as <see cref="Sufficiency"/>.</summary>
    public required RandomComparison? PartialNecessity { get; init; }

    /// <summary>A sentence where there is no comparison with random circuits.</summary>
    public required ImmutableArray<string> LeftOut { get; init; }

    /// <summary>Pairs the comparisons with random circuits and nodes are made on: the first of the test pairs.</summary>
    public required int ComparedPairs { get; init; }

    /// <summary>Circuits that were run.</summary>
    public required int Runs { get; init; }
}
