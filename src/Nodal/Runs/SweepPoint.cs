using System.Collections.Immutable;

namespace Nodal.Runs;

/// <summary>One run of a sweep, before it is made.</summary>
/// <param name="Name">Of its folder: <c>lambda-0.9_seed-1</c>.</param>
/// <param name="Values">What the sweep has set for it, in the order of the keys.</param>
/// <param name="Options">All its settings.</param>
public sealed record SweepPoint(string Name, ImmutableArray<string> Values, DiscoverOptions Options);
