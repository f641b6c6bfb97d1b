namespace Nodal.Discovery;

/// <summary>A change of the circuit that forward runs have confirmed.</summary>
/// <param name="Runs">Runs so far.</param>
/// <param name="Closed">Nodes closed since the move before.</param>
/// <param name="Opened">Nodes opened since the move before.</param>
/// <param name="Parameters">Of the circuit, really shrunk.</param>
/// <param name="Kl">Mean KL on selection pairs, nats.</param>
public sealed record RefinementMove(int Runs, int Closed, int Opened, long Parameters, double Kl);
