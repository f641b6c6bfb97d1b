namespace Nodal.Discovery;

/// <summary>What closing a node is judged by, at the answer position.</summary>
public enum AnswerMetric
{
    /// <summary>Logit of the answer less that of the foil; of sets, the difference of their log-sum-exp.</summary>
    LogitDifference,

    /// <summary>KL(full ‖ gated), nats.</summary>
    Kl,
}
