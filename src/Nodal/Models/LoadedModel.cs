using Nodal.Tokenization;

namespace Nodal.Models;

/// <summary>A model ready to run, and where it came from.</summary>
public sealed record LoadedModel : IDisposable
{
    /// <summary>As it was named: an id or a path.</summary>
    public required string Reference { get; init; }

    /// <summary>The file or folder it was read from.</summary>
    public required string Path { get; init; }

    /// <summary>Family and file layout: <c>llama (GGUF)</c>.</summary>
    public required string Format { get; init; }

    /// <summary>SHA-256 of the weight files.</summary>
    public required string Hash { get; init; }

    /// <summary>The frozen model; owned by this record.</summary>
    public required Transformer Transformer { get; init; }

    /// <summary>Its tokenizer, or <see langword="null"/> where the files hold none.</summary>
    public required ITokenizer? Tokenizer { get; init; }

    /// <inheritdoc/>
    public void Dispose() => Transformer.Dispose();
}
