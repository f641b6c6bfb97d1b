namespace Nodal.Runs;

/// <summary>What was looked at in a model that is sound.</summary>
/// <param name="Model">As it was named.</param>
/// <param name="Hash">SHA-256 of the weight files.</param>
/// <param name="Tensors">Tensors read.</param>
/// <param name="Elements">Elements read.</param>
/// <param name="Tokenizer">What its tokenizer is, or <see langword="null"/> where the files hold none.</param>
/// <param name="Prompt">What was run through the model.</param>
/// <param name="MostLikely">The token or output the model puts first after the prompt; <see langword="null"/> without a tokenizer.</param>
public sealed record VerifiedModel(string Model, string Hash, int Tensors, long Elements, string? Tokenizer, string Prompt, string? MostLikely);
