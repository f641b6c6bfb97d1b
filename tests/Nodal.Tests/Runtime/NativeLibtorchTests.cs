using Nodal.Runtime;
using TorchSharp;

namespace Nodal.Tests.Runtime;

public sealed class NativeLibtorchTests
{
    [Fact]
    public void Tensors_multiply()
    {
        using var left = torch.tensor(new float[] { 1, 2, 3, 4 }, [2, 2]);
        using var right = torch.tensor(new float[] { 5, 6, 7, 8 }, [2, 2]);
        using var product = left.matmul(right);
        product.data<float>().ToArray().ShouldBe([19, 22, 43, 50]);
    }

    [Fact]
    public void Report_after_loading_names_the_library_in_the_process()
    {
        var report = NativeLibtorch.Load();

        report.Load.ShouldBeOneOf(NativeLoad.Normal, NativeLoad.AdaptedCopy);
        (report.Library is null || File.Exists(report.Library)).ShouldBeTrue();
        (report.Reason.Length > 0).ShouldBe(report.Load == NativeLoad.AdaptedCopy);
        NativeLibtorch.Report.ShouldBe(report);
    }

    [Fact]
    public void A_failure_is_told_in_the_loaders_own_words()
    {
        var folder = Directory.CreateTempSubdirectory("nodal-test-");
        try
        {
            var file = Path.Combine(folder.FullName, "libnone.so");
            File.WriteAllText(file, "no library");
            var fault = Should.Throw<DllNotFoundException>(() => System.Runtime.InteropServices.NativeLibrary.Load(file));
            NativeLibtorch.FirstCause(fault.Message).ShouldSatisfyAllConditions(
                cause => cause.ShouldStartWith(file), cause => cause.ShouldNotContain("\n"), cause => cause.ShouldNotContain("strace"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
