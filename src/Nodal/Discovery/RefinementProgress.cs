namespace Nodal.Discovery;

/// <summary>One finished round of a refinement.</summary>
/// <param name="Runs">Runs so far.</param>
/// <param name="Of">Runs it may take.</param>
/// <param name="Kl">Of the best circuit on selection pairs, nats.</param>
/// <param name="Parameters">Of the best circuit.</param>
public sealed record RefinementProgress(int Runs, int Of, double Kl, long Parameters);
