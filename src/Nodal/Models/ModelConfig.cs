namespace Nodal.Models;

/// <summary>Everything the forward pass and the size accounting must know of an architecture; an architecture is this plus a map of weight names.</summary>
public sealed record ModelConfig
{
    /// <summary>Family, in Hugging Face's words: <c>llama</c>, <c>gpt2</c>; <c>transformer_lens</c> for models in that library's layout.</summary>
    public required string Architecture { get; init; }

    /// <summary>Number of layers L; each has one attention and one MLP block.</summary>
    public required int Layers { get; init; }

    /// <summary>Residual stream dimensions d.</summary>
    public required int Width { get; init; }

    /// <summary>Query heads H per layer.</summary>
    public required int Heads { get; init; }

    /// <summary>Key/value heads per layer; divides <see cref="Heads"/> (fewer: grouped-query attention).</summary>
    public required int KeyValueHeads { get; init; }

    /// <summary>Dimensions of one head.</summary>
    public required int HeadWidth { get; init; }

    /// <summary>MLP hidden neurons per layer.</summary>
    public required int HiddenWidth { get; init; }

    /// <summary>Tokens in the vocabulary.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>v: what the LM head gives for a position; default one logit for each token of the vocabulary. A model with one output gives a number.</summary>
    public int OutputSize
    {
        get => field > 0 ? field : VocabularySize;
        init;
    }

    /// <summary>Longest prompt, tokens.</summary>
    public required int ContextLength { get; init; }

    /// <summary>Normalisation before each block.</summary>
    public required NormKind Norm { get; init; }

    /// <summary>Added to the variance or mean square.</summary>
    public required double NormEpsilon { get; init; }

    /// <summary>The MLP's non-linearity.</summary>
    public required ActivationKind Activation { get; init; }

    /// <summary>h = act(gate x) ⊙ (up x) instead of h = act(in x).</summary>
    public required bool GatedMlp { get; init; }

    /// <summary>Biases on queries, keys and values.</summary>
    public bool AttentionInputBias { get; init; }

    /// <summary>Bias on the attention output projection.</summary>
    public bool AttentionOutputBias { get; init; }

    /// <summary>Biases on the MLP's projections.</summary>
    public bool MlpBias { get; init; }

    /// <summary>Rotary positions; <see langword="null"/> where positions are a learned embedding.</summary>
    public RotaryEmbedding? Rotary { get; init; }

    /// <summary>Every position sees all others, those after it too; default it sees none after it.</summary>
    public bool Bidirectional { get; init; }

    /// <summary>The LM head is the token embedding.</summary>
    public bool TiedEmbeddings { get; init; }

    /// <summary>Width of the concatenated head results z, H · head width.</summary>
    public int AttentionWidth => Heads * HeadWidth;

    /// <summary>Width of all keys (or values) of a layer.</summary>
    public int KeyValueWidth => KeyValueHeads * HeadWidth;

    /// <summary>Query heads that share one key/value head.</summary>
    public int GroupSize => Heads / KeyValueHeads;
}
