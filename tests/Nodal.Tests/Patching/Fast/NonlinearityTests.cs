using System.Runtime.Intrinsics;
using Nodal.Models;
using Nodal.Patching.Fast;
using static TorchSharp.torch;

namespace Nodal.Tests.Patching.Fast;

public sealed class NonlinearityTests
{
    [Theory]
    [InlineData(ActivationKind.Silu)]
    [InlineData(ActivationKind.Gelu)]
    [InlineData(ActivationKind.GeluTanh)]
    [InlineData(ActivationKind.Relu)]
    public void Values_are_libtorchs_and_slopes_their_finite_differences(ActivationKind kind)
    {
        var nonlinearity = new Nonlinearity(kind);
        foreach (var x in Enumerable.Range(-120, 241).Select(i => (i + 0.3) / 10))
        {
            var (value, slope) = nonlinearity.ValueAndSlope(Vector512.Create((float)x));
            nonlinearity.Value(Vector512.Create((float)x))[0].ShouldBe(value[3]);
            ((double)value[5]).ShouldBe(Reference(kind, (float)x), 1e-6 * Math.Max(1, Math.Abs(x)));
            ((double)slope[7]).ShouldBe((Reference(kind, (float)x + 1e-4) - Reference(kind, (float)x - 1e-4)) / 2e-4, 1e-5);
        }
    }

    [Theory]
    [InlineData(ActivationKind.Silu)]
    [InlineData(ActivationKind.Gelu)]
    [InlineData(ActivationKind.GeluTanh)]
    public void Large_inputs_neither_overflow_nor_lose_their_sign(ActivationKind kind)
    {
        var (high, low) = (new Nonlinearity(kind).ValueAndSlope(Vector512.Create(300f)), new Nonlinearity(kind).ValueAndSlope(Vector512.Create(-300f)));
        (high.Value[0], high.Slope[0]).ShouldBe((300f, 1f));
        (low.Value[0], low.Slope[0]).ShouldBe((0f, 0f));
    }

    private static double Reference(ActivationKind kind, double x)
    {
        using var scope = NewDisposeScope();
        var input = tensor(x);
        return (kind switch
        {
            ActivationKind.Silu => nn.functional.silu(input),
            ActivationKind.Gelu => nn.functional.gelu(input),
            ActivationKind.GeluTanh => Activations.GeluTanh(input),
            _ => nn.functional.relu(input),
        }).item<double>();
    }
}
