using Nodal.Runtime;

namespace Nodal.Tests.Runtime;

public sealed class CpuFeaturesTests
{
    [Fact]
    public void The_kernel_lists_the_same_features()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && System.Runtime.Intrinsics.X86.X86Base.IsSupported, "skipped: not Linux on x86");
        var flags = File.ReadLines("/proc/cpuinfo").First(line => line.StartsWith("flags", StringComparison.Ordinal)).Split(' ');
        var cpu = CpuFeatures.Current;

        cpu.Avx2.ShouldBe(flags.Contains("avx2"));
        cpu.Avx512.ShouldBe(flags.Contains("avx512f"));
        cpu.Avx512Bf16.ShouldBe(flags.Contains("avx512_bf16"));
        cpu.AmxBf16.ShouldBe(flags.Contains("amx_bf16"));
    }

    [Fact]
    public void The_processor_has_a_name_and_cores()
    {
        CpuFeatures.Current.Name.ShouldNotBeNullOrWhiteSpace();
        CpuFeatures.Current.Name.ShouldNotContain("model name");
        CpuFeatures.Current.Cores.ShouldBeGreaterThan(0);
    }
}
