using System.Collections.Immutable;
using Nodal.Gates;

namespace Nodal.Evaluation;

/// <summary>What one circuit does on some pairs, beside the full model. Means over pairs.</summary>
/// <remarks>
/// Sources, as measures of circuits: KL, Conmy et al. 2023 (arXiv 2304.14997); logit difference and its share, Wang et al. 2022 (arXiv 2211.00593); accuracy and size in parameters, Haider et al. 2025
/// (arXiv 2512.10903); exact match, Bhaskar et al. 2024 (arXiv 2406.16778); probability of a set of answers, Hanna et al. 2023 (arXiv 2305.00586).
/// </remarks>
public sealed record EvaluationRow
{
    /// <summary>Parameters of the really shrunk blocks over those of all blocks.</summary>
    public required double Size { get; init; }

    /// <summary>KL(full ‖ circuit) at the answer position, nats.</summary>
    public required double Kl { get; init; }

    /// <summary>Logit of the answer minus that of the foil, in the circuit; of sets, the difference of their log-sum-exp.</summary>
    public required double LogitDifference { get; init; }

    /// <summary>The same in the full model.</summary>
    public required double FullLogitDifference { get; init; }

    /// <summary>Share of pairs whose answer is above the foil, in the circuit.</summary>
    public required double Accuracy { get; init; }

    /// <summary>The same in the full model.</summary>
    public required double FullAccuracy { get; init; }

    /// <summary>Share of pairs where circuit and full model have the same top token.</summary>
    public required double ExactMatch { get; init; }

    /// <summary><see cref="LogitDifference"/> over <see cref="FullLogitDifference"/>: the share of the full model's behaviour, above 1 where the circuit overdoes it; <see langword="null"/> where the
    /// full model's is 0, and in files of versions that did not measure it.</summary>
    public double? LogitDifferenceShare { get; init; }

    /// <summary>Probability of the answer, of a set of answers the sum, in the circuit; <see langword="null"/> in files of versions that did not measure it.</summary>
    public double? AnswerProbability { get; init; }

    /// <summary>The same in the full model.</summary>
    public double? FullAnswerProbability { get; init; }

    /// <summary>Parameters of the really shrunk blocks.</summary>
    public required long Parameters { get; init; }

    /// <summary>Kept nodes of each granularity.</summary>
    public required ImmutableSortedDictionary<Granularity, int> Nodes { get; init; }

    /// <summary>The same circuit counted as published; <see langword="null"/> in files of versions that did not.</summary>
    public PublishedCount? Published { get; init; }

    /// <summary>Number of pairs.</summary>
    public required int Pairs { get; init; }

    /// <summary>95 % bootstrap intervals of the means.</summary>
    public required MetricIntervals Intervals { get; init; }
}
