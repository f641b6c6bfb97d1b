namespace Nodal.Models;

/// <summary>The frozen weights of one layer.</summary>
internal sealed record LayerWeights : IDisposable
{
    public required NormWeights AttentionNorm { get; init; }

    /// <summary>d → H · head width.</summary>
    public required LinearMap Query { get; init; }

    /// <summary>d → K/V heads · head width.</summary>
    public required LinearMap Key { get; init; }

    /// <summary>d → K/V heads · head width.</summary>
    public required LinearMap Value { get; init; }

    /// <summary>H · head width → d.</summary>
    public required LinearMap Output { get; init; }

    public required NormWeights MlpNorm { get; init; }

    /// <summary>d → hidden; <see langword="null"/> where the MLP is not gated.</summary>
    public LinearMap? Gate { get; init; }

    /// <summary>d → hidden.</summary>
    public required LinearMap Up { get; init; }

    /// <summary>hidden → d.</summary>
    public required LinearMap Down { get; init; }

    public void Dispose()
    {
        foreach (var part in new IDisposable?[] { AttentionNorm, Query, Key, Value, Output, MlpNorm, Gate, Up, Down })
        {
            part?.Dispose();
        }
    }
}
