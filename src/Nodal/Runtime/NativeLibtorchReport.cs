namespace Nodal.Runtime;

/// <summary>What happened when libtorch was loaded.</summary>
/// <param name="Load">The outcome.</param>
/// <param name="Library">Path of TorchSharp's native library in the process, or <see langword="null"/> where it is not loaded, or was loaded from a file that is gone because no cache can be written.</param>
/// <param name="Reason">A sentence part for people: why it was adapted or failed; empty for a normal load.</param>
public sealed record NativeLibtorchReport(NativeLoad Load, string? Library, string Reason);
