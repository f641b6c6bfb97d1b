using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Nodal.Runtime;

/// <summary>What the processor can do that decides how fast a run is.</summary>
public sealed record CpuFeatures
{
    /// <summary>The processor of this machine.</summary>
    public static CpuFeatures Current { get; } = Detect();

    /// <summary>The maker's name for it (<c>AMD EPYC 9354P 32-Core Processor</c>), or the architecture where the system does not tell.</summary>
    public required string Name { get; init; }

    /// <summary>Logical cores this process may use (affinity and container limits included).</summary>
    public required int Cores { get; init; }

    /// <summary>256-bit vectors of integers and floats.</summary>
    public required bool Avx2 { get; init; }

    /// <summary>512-bit vectors.</summary>
    public required bool Avx512 { get; init; }

    /// <summary>Products of bf16 vectors that are summed in float32: bf16 GEMM runs at twice the speed.</summary>
    public required bool Avx512Bf16 { get; init; }

    /// <summary>Tile products of bf16 (AMX).</summary>
    public required bool AmxBf16 { get; init; }

    private static CpuFeatures Detect()
    {
        var (avx512Bf16, amxBf16) = X86Base.IsSupported ? DetectBf16() : (false, false);
        return new CpuFeatures
        {
            Name = ReadName(),
            Cores = Environment.ProcessorCount,
            Avx2 = System.Runtime.Intrinsics.X86.Avx2.IsSupported,
            Avx512 = Avx512F.IsSupported,
            Avx512Bf16 = avx512Bf16,
            AmxBf16 = amxBf16,
        };
    }

    // .NET has no name for these two. Intel's manual, CPUID leaf 7: sub-leaf 1, EAX bit 5 is AVX512_BF16; sub-leaf 0, EDX bits 22 and 24 are AMX-BF16 and AMX-TILE.
    private static (bool Avx512Bf16, bool AmxBf16) DetectBf16()
    {
        if (X86Base.CpuId(0, 0).Eax < 7)
        {
            return (false, false);
        }

        var leaf = X86Base.CpuId(7, 0);
        var hasSubleaf = leaf.Eax >= 1;
        return (
            Avx512F.IsSupported && hasSubleaf && (X86Base.CpuId(7, 1).Eax & (1 << 5)) != 0,
            (leaf.Edx & (1 << 22)) != 0 && (leaf.Edx & (1 << 24)) != 0);
    }

    private static string ReadName()
    {
        const string field = "model name";
        var line = OperatingSystem.IsLinux() ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(text => text.StartsWith(field, StringComparison.Ordinal)) : null;
        var name = line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        return string.IsNullOrEmpty(name) ? RuntimeInformation.ProcessArchitecture.ToString() : name;
    }
}
