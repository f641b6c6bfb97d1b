using Nodal.Patching;

namespace Nodal.Benchmarks;

/// <summary>A way to take a step, ready to be made for a workload.</summary>
/// <param name="Name">As tables show it.</param>
/// <param name="Create">Prepares the pairs; what that takes counts as memory of a step, not as its time.</param>
/// <param name="Tolerance">How far its KL and its gradients may be from the published form's, relative to the KL and to the largest gradient.</param>
internal sealed record Engine(string Name, Func<Workload, IGateGradient> Create, double Tolerance = 1e-4);
