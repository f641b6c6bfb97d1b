namespace Nodal.Patching.Fast;

/// <summary>What the full model says at the answer position of a clean prompt.</summary>
/// <param name="LogProbabilities">(v), nats; of a model with one output the output itself.</param>
/// <param name="Normed">(d'): the normalised stream after the last layer, without scale and shift.</param>
internal sealed record FullAnswer(float[] LogProbabilities, float[] Normed)
{
    /// <summary>Of a pair whose answer is not looked at.</summary>
    public static FullAnswer None { get; } = new([], []);
}
