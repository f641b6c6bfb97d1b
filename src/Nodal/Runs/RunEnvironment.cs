using System.Runtime.InteropServices;
using Nodal.Runtime;

namespace Nodal.Runs;

/// <summary><c>environment.json</c>: where a run was made.</summary>
/// <param name="Nodal">Nodal's version.</param>
/// <param name="Runtime">.NET's version.</param>
/// <param name="TorchSharp">TorchSharp's version.</param>
/// <param name="System">Operating system and architecture.</param>
/// <param name="Processor">Model of the CPU.</param>
/// <param name="Threads">Threads, each working on pairs of its own.</param>
/// <param name="ModelHash">SHA-256 of the weight files.</param>
/// <param name="Started">UTC.</param>
public sealed record RunEnvironment(
    string Nodal, string Runtime, string TorchSharp, string System, string Processor, int Threads, string ModelHash, DateTimeOffset Started)
{
    /// <summary>This process.</summary>
    internal static RunEnvironment Current(string modelHash, int threads, TimeProvider time) => new(
        NodalVersion.Current,
        RuntimeInformation.FrameworkDescription,
        typeof(TorchSharp.torch).Assembly.GetName().Version?.ToString(3) ?? "unknown",
        $"{RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture}",
        CpuFeatures.Current.Name,
        threads,
        modelHash,
        time.GetUtcNow());
}
