using Nodal.Runtime;

namespace Nodal.Patching;

/// <summary>How the gated model is run.</summary>
public sealed record EngineOptions
{
    /// <summary>Which implementation; default the fast one.</summary>
    public EngineKind Engine { get; init; }

    /// <summary>What the fast engine computes in while training; default by the processor. Circuits are measured in float32 always.</summary>
    public EnginePrecision Precision { get; init; }

    /// <summary>Where corrupted runs are kept; default by the memory that is free.</summary>
    public ActivationPlacement Activations { get; init; }

    /// <summary>Refuses what does not go together.</summary>
    /// <exception cref="NodalException">The plain engine is to do what it cannot.</exception>
    public void Validate()
    {
        if (Engine == EngineKind.Plain && (Precision == EnginePrecision.BFloat16 || Activations == ActivationPlacement.File))
        {
            Throw.Usage(
                "the plain engine cannot do that", found: Precision == EnginePrecision.BFloat16 ? "--precision bfloat16" : "--activations file",
                expected: "float32, and activations in memory or recomputed", remedy: "Leave out --engine plain, or the other option");
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Engine} engine, {Precision}, corrupted runs: {Activations}".ToLowerInvariant();

    /// <summary>With engine and precision chosen for a processor.</summary>
    internal EngineOptions For(CpuFeatures processor)
    {
        var engine = Engine == EngineKind.Auto ? EngineKind.Fast : Engine;
        var narrow = engine == EngineKind.Fast && (processor.Avx512Bf16 || processor.AmxBf16);
        return this with
        {
            Engine = engine,
            Precision = Precision == EnginePrecision.Auto ? (narrow ? EnginePrecision.BFloat16 : EnginePrecision.Float32) : Precision,
        };
    }
}
