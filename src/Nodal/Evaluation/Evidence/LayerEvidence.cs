using System.Collections.Immutable;

namespace Nodal.Evaluation.Evidence;

/// <summary>Where in the model the circuit sits, and whether it is too small in one part of the depth.</summary>
/// <remarks>Nodal's own answer to a weakness that Haider et al. 2025 (arXiv 2512.10903) report where early layers matter.</remarks>
/// <param name="Layers">Every layer, first to last.</param>
/// <param name="ForcedOpen">The circuit with a third of the layers wholly open: early, middle, late; a model of fewer than three layers has fewer.</param>
/// <param name="Runs">Circuits run, each on all test pairs.</param>
public sealed record LayerEvidence(ImmutableArray<LayerShare> Layers, ImmutableArray<OpenThird> ForcedOpen, int Runs);
