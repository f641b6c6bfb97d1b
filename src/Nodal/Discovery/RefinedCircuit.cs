using Nodal.Circuits;

namespace Nodal.Discovery;

/// <summary>A circuit and what counts in refinement.</summary>
/// <param name="Nodes">The circuit.</param>
/// <param name="Parameters">Of the really shrunk blocks.</param>
/// <param name="Kl">Mean KL on selection pairs, nats.</param>
internal sealed record RefinedCircuit(NodeSet Nodes, double Parameters, double Kl);
