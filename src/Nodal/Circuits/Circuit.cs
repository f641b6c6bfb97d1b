namespace Nodal.Circuits;

/// <summary>A closed set of kept nodes and where it came from.</summary>
/// <param name="Nodes">What is kept.</param>
/// <param name="Provenance">Where it came from.</param>
public sealed record Circuit(NodeSet Nodes, Provenance Provenance);
