namespace Nodal.Patching;

/// <summary>One thing a run needs memory for.</summary>
/// <param name="Name">What.</param>
/// <param name="Bytes">Predicted.</param>
public sealed record MemoryPart(string Name, long Bytes);
