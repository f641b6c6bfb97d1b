using Nodal.Runtime;
using TorchSharp;

namespace Nodal.Tests.Runtime;

public sealed class ProcessMemoryTests
{
    [Fact]
    public void Native_tensors_count_in_current_and_peak()
    {
        var before = ProcessMemory.CurrentBytes;
        using var tensor = torch.ones(64 << 20);                         // 256 MB
        (ProcessMemory.CurrentBytes - before).ShouldBeGreaterThan(200L << 20);
        ProcessMemory.PeakBytes.ShouldBeGreaterThan(before + (200L << 20));
    }

    [Fact]
    public void The_machine_has_more_than_is_available_and_more_than_the_process_holds()
    {
        ProcessMemory.AvailableBytes.ShouldBeInRange(1, ProcessMemory.TotalBytes);
        ProcessMemory.CurrentBytes.ShouldBeInRange(1, ProcessMemory.TotalBytes);
    }

    [Theory]
    [InlineData(null, 100, 60)]                  // no control group
    [InlineData(long.MaxValue, 100, 60)]         // no limit, as version 1 writes it
    [InlineData(80L, 80, 50)]                    // 80 − (40 − 10)
    [InlineData(35L, 35, 5)]
    [InlineData(20L, 20, 0)]                     // over the limit already
    public void A_containers_limit_bounds_total_and_available(long? limit, long total, long available) =>
        ProcessMemory.Limited(100, 60, new ProcessMemory.Container(limit, 40, 10)).ShouldBe((total, available));

    [Fact]
    public void Fields_are_found_by_their_whole_name()
    {
        const string text = "total_inactive_file 5\ninactive_file 7\nMemTotal:       123 kB\n";
        ProcessMemory.Field(text, "inactive_file").ShouldBe(7);
        ProcessMemory.Field(text, "MemTotal:").ShouldBe(123);
        ProcessMemory.Field(text, "MemFree:").ShouldBeNull();
    }
}
