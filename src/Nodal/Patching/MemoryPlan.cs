using System.Collections.Immutable;

namespace Nodal.Patching;

/// <summary>How a run will be made and what memory it is predicted to need.</summary>
public sealed record MemoryPlan
{
    /// <summary>Engine, precision and place of the activations, all chosen.</summary>
    public required EngineOptions Engine { get; init; }

    /// <summary>Threads, each working on pairs of its own.</summary>
    public required int Threads { get; init; }

    /// <summary>Physical memory the process may hold, bytes.</summary>
    public required long LimitBytes { get; init; }

    /// <summary>Most physical memory the process is predicted to hold, bytes.</summary>
    public required long PeakBytes { get; init; }

    /// <summary>What it will need from now on, without what is mapped from a file and the system can take back at any time, bytes; this is what must be within the limit.</summary>
    public required long NeededBytes { get; init; }

    /// <summary>What it is for, bytes; not all of it at the same time.</summary>
    public required ImmutableArray<MemoryPart> Parts { get; init; }
}
