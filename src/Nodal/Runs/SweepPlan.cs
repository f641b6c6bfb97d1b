using System.Collections.Immutable;

namespace Nodal.Runs;

/// <summary>The runs of a sweep.</summary>
/// <param name="Settings">What was set for all of them, as the words of the tool; a sweep goes on only in the settings it has begun with.</param>
/// <param name="Keys">Settings that differ.</param>
/// <param name="Points">The runs, in the order in which they are made.</param>
public sealed record SweepPlan(ImmutableArray<string> Settings, ImmutableArray<string> Keys, ImmutableArray<SweepPoint> Points);
