namespace Nodal.Patching;

/// <summary>What one circuit does on one pair, beside the full model; <c>EvaluationRow</c> names the sources of the measures.</summary>
/// <param name="Kl">KL(full ‖ circuit) at the answer position, nats; of a model with one output, where that is 0 always, the squared error.</param>
/// <param name="LogitDifference">log Σ exp(logits of answers) − log Σ exp(logits of foils): the plain difference where each is one token, the output itself where there is no foil.</param>
/// <param name="FullLogitDifference">The same of the full model.</param>
/// <param name="SameTopToken">Whether circuit and full model have the same most likely token.</param>
/// <param name="AnswerProbability">Probability the circuit gives to the answer; of a set of answers, to any of them.</param>
/// <param name="FullAnswerProbability">The same of the full model.</param>
public readonly record struct PairMetrics(
    double Kl, double LogitDifference, double FullLogitDifference, bool SameTopToken, double AnswerProbability, double FullAnswerProbability)
{
    /// <summary>Whether the circuit puts the answer above the foil.</summary>
    public bool Correct => LogitDifference > 0;

    /// <summary>Whether the full model does.</summary>
    public bool FullCorrect => FullLogitDifference > 0;
}
