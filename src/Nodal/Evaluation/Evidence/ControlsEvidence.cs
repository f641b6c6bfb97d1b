using System.Collections.Immutable;

namespace Nodal.Evaluation.Evidence;

/// <summary>What else gives a circuit of this size, and how faithful that is: where a control comes close, the circuit owes little to what it was found by.</summary>
/// <remarks>
/// Random circuits as in Shi et al. 2024 (arXiv 2410.13032); shuffled answers and permuted weights after the sanity checks of Adebayo et al. 2018 (arXiv 1810.03292), data and model randomisation.
/// </remarks>
public sealed record ControlsEvidence
{
    /// <summary>Random circuits with as many nodes in each layer and granularity; <see langword="null"/> where all that are drawn are the circuit itself.</summary>
    public required RandomComparison? Random { get; init; }

    /// <summary>Best share of the circuit's faithfulness that a random circuit has; <see langword="null"/> as in <see cref="ControlRow"/>, and where there is no <see cref="Random"/>.</summary>
    public required double? BestRandomShare { get; init; }

    /// <summary>95 % bootstrap interval of <see cref="BestRandomShare"/> over the compared pairs, of the circuit that is the best on all of them.</summary>
    public Interval? BestRandomInterval { get; init; }

    /// <summary>Random circuits that come close to the circuit.</summary>
    public required int CloseRandom { get; init; }

    /// <summary>Pairs the random circuits were run on: the first of the test pairs.</summary>
    public required int ComparedPairs { get; init; }

    /// <summary>The other controls, on all test pairs.</summary>
    public required ImmutableArray<ControlRow> Rows { get; init; }

    /// <summary>Steps that the controls with training were trained for; 0 where none was.</summary>
    public required int Steps { get; init; }

    /// <summary>Steps of the run.</summary>
    public required int RunSteps { get; init; }

    /// <summary>A sentence for each control that comes close, and one where even the run again, in as many steps as trained controls have, does not.</summary>
    public required ImmutableArray<string> Warnings { get; init; }

    /// <summary>A sentence for each control that was left out.</summary>
    public required ImmutableArray<string> LeftOut { get; init; }

    /// <summary>Circuits that were run.</summary>
    public required int Runs { get; init; }
}
