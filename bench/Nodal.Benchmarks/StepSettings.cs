namespace Nodal.Benchmarks;

/// <summary>What <c>step</c> measures.</summary>
internal sealed record StepSettings
{
    /// <summary>Nodal's engines that are measured.</summary>
    public required IReadOnlyList<Engine> Engines { get; init; }

    /// <summary>Sizes of the gates, fractions of all block parameters.</summary>
    public required IReadOnlyList<double> Sizes { get; init; }

    /// <summary>Measurements of each configuration.</summary>
    public required int Repeats { get; init; }

    /// <summary>About how long each measurement of the machine's matrix products takes; default 1.</summary>
    public double ProductSeconds { get; init; } = 1;

    /// <summary>Tokens of the padded published form; default 64, as released.</summary>
    public int PadTo { get; init; } = 64;

    /// <summary>Sizes at which KL and gradients of the forms are compared, not 1, where the KL is 0 but for rounding; default 0.5.</summary>
    public IReadOnlyList<double> AgreementSizes { get; init; } = [0.5];
}
