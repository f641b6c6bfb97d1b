using Nodal.Gates;
using Nodal.Models;

namespace Nodal.Benchmarks;

/// <summary>Floating-point operations of a dense step: the one place where they are counted.</summary>
/// <remarks>
/// A row (one token) through P parameters is 2 P operations forward, and as many backward, for only input gradients are wanted. Counted are the blocks' parameters and the
/// LM head; products of queries with keys and of attention with values, norms and everything elementwise are not (under 2 % of a GPT-2-small step at 20 tokens).
/// What an engine saves by leaving out rows counts as done, so that its rate is that of the step it stands for.
/// </remarks>
internal static class StepArithmetic
{
    private const double Forward = 2;
    private const double Backward = 2;

    /// <summary>One of Nodal's engines at size 1: the blocks forward and backward on every token, the LM head on the answer positions.</summary>
    /// <param name="config">The model's.</param>
    /// <param name="tokens">Of all prompts of the batch together.</param>
    /// <param name="pairs">Pairs of the batch.</param>
    public static double Engine(ModelConfig config, long tokens, int pairs) =>
        (Forward + Backward) * ((tokens * Blocks(config)) + (pairs * Head(config)));

    /// <summary>The published form: also the corrupted stream forward, the LM head on every token, and the full model forward where it is part of the step.</summary>
    /// <param name="config">The model's.</param>
    /// <param name="tokens">Of the padded batch.</param>
    public static double Published(ModelConfig config, long tokens)
    {
        var gated = (Forward + Backward) * tokens * (Blocks(config) + Head(config));
        var corrupted = Forward * tokens * Blocks(config);
        var full = PublishedForm.RunsFullModel(config) ? Forward * tokens * (Blocks(config) + Head(config)) : 0;
        return gated + corrupted + full;
    }

    private static double Blocks(ModelConfig config) => new SizeAccount(new GateLayout(config)).Total;

    private static double Head(ModelConfig config) => (double)config.VocabularySize * config.Width;
}
