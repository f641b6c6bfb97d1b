using Nodal.Runtime;

namespace Nodal.Tests.Runtime;

public sealed class TorchThreadsTests
{
    [Fact]
    public void A_set_number_is_what_libtorch_says()
    {
        var before = TorchThreads.IntraOp;
        try
        {
            TorchThreads.IntraOp = before + 1;
            TorchThreads.IntraOp.ShouldBe(before + 1);
        }
        finally
        {
            TorchThreads.IntraOp = before;
        }
    }

    [Fact]
    public void Less_than_one_is_a_usage_fault() =>
        Should.Throw<NodalException>(() => TorchThreads.IntraOp = 0).Kind.ShouldBe(FaultKind.Usage);
}
