using System.Collections.Immutable;
using Nodal.Evaluation.Evidence;
using Nodal.Patching;
using Nodal.Runtime;

namespace Nodal.Runs;

/// <summary>What to measure a circuit on.</summary>
public sealed record EvaluateOptions
{
    /// <summary>Random circuits where nothing is said.</summary>
    public const int DefaultRandomCircuits = 100;

    /// <summary>A run folder or a circuit file.</summary>
    public required string Target { get; init; }

    /// <summary>The model; default the one the circuit was made for.</summary>
    public string? Model { get; init; }

    /// <summary>Task or pairs file; default the one the circuit was made on. Of a file every pair is used, of a made task its test pairs.</summary>
    public string? Task { get; init; }

    /// <summary>Test pairs of a made task, and of a file or of every input at most so many; default the run's, or where <see cref="Task"/> is given 600 of a made task and all of any other.</summary>
    public int? Pairs { get; init; }

    /// <summary>Seed of a made task and of the bootstrap; default the run's.</summary>
    public int? Seed { get; init; }

    /// <summary>What a closed node outputs; default what it did in the run.</summary>
    public AblationKind? Ablation { get; init; }

    /// <summary>Which positions share a mean; default as in the run, or where a circuit file says nothing, all.</summary>
    public MeanPositions? MeanPositions { get; init; }

    /// <summary>Parts of the evidence to make, an empty array for all that apply; default none, which is fast.</summary>
    public ImmutableArray<EvidencePart>? Evidence { get; init; }

    /// <summary>Random circuits of equal size, and random nodes of a granularity, that the evidence holds the circuit against; fewer than 29 circuits can show nothing at the level of .05; default 100.</summary>
    public int RandomCircuits { get; init; } = DefaultRandomCircuits;

    /// <summary>Optimisation steps of the trainings that the evidence makes as controls; default a quarter of the run's.</summary>
    public int? ControlSteps { get; init; }

    /// <summary>Refuses options that have no part in this.</summary>
    /// <param name="ablation">What a closed node outputs.</param>
    /// <exception cref="NodalException">Positions of means, and no means.</exception>
    internal void ValidateFor(AblationKind ablation)
    {
        var means = ablation == AblationKind.Mean || (Evidence is { } parts && (parts.IsEmpty || parts.Contains(EvidencePart.Robustness)));
        if (MeanPositions is not null && !means)
        {
            Throw.Usage(
                "--mean-positions is of mean ablation", found: $"{ablation} ablation{(ablation == AblationKind.Learned ? ", whose constants have the positions they were trained with" : "")}",
                expected: "--ablation mean, or --evidence robustness, where means are tried too", remedy: "Leave it out");
        }
    }

    /// <summary>Refuses what cannot be.</summary>
    /// <exception cref="NodalException">A number is below 1.</exception>
    public void Validate()
    {
        new TaskRequest { Pairs = Pairs }.Validate();
        if (RandomCircuits < 1)
        {
            Throw.Usage("--random-circuits is no number of circuits", found: $"{RandomCircuits}", expected: "1 or more", remedy: "Leave it out for the default");
        }

        if (ControlSteps < 1)
        {
            Throw.Usage("--control-steps is no number of steps", found: $"{ControlSteps}", expected: "1 or more", remedy: "Leave it out for a quarter of the run's");
        }
    }
}
