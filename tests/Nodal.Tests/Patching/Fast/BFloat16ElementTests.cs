using CsCheck;
using Nodal.Patching.Fast;
using static TorchSharp.torch;

namespace Nodal.Tests.Patching.Fast;

public sealed unsafe class BFloat16ElementTests
{
    [Fact]
    public void Values_are_rounded_as_libtorch_rounds_them_one_by_one_and_sixteen_at_a_time() =>
        Gen.Float[-1e30f, 1e30f].Array[16].Sample(values =>
        {
            using var scope = NewDisposeScope();
            var expected = tensor(values).to(ScalarType.BFloat16).to(ScalarType.Float32).data<float>().ToArray();
            var together = stackalloc BFloat16Element[16];
            var widened = stackalloc float[16];
            fixed (float* source = values)
            {
                BFloat16Element.Store(System.Runtime.Intrinsics.Vector512.Load(source), together);
            }

            System.Runtime.Intrinsics.Vector512.Store(BFloat16Element.Load(together), widened);
            for (var i = 0; i < 16; i++)
            {
                widened[i].ShouldBe(expected[i]);
                BFloat16Element.Widen(BFloat16Element.Narrow(values[i])).ShouldBe(expected[i]);
            }
        }, threads: 1);
}
