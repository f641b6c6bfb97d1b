using System.ComponentModel;
using System.Runtime.InteropServices;
using Nodal.Runtime;
using static TorchSharp.torch;

namespace Nodal.Tests.Runtime;

public sealed class MemoryShortageTests
{
    [Fact]
    public void Libtorchs_own_fault_is_recognised()
    {
        var fault = Should.Throw<ExternalException>(() => empty(1L << 55, dtype: ScalarType.Byte));

        var sentence = MemoryShortage.Of(fault).ShouldNotBeNull();
        sentence.Message.ShouldStartWith("memory ran out: found ");
        sentence.Message.ShouldContain($"{1L << 55}");
        sentence.Message.ShouldEndWith("with a smaller --memory or --batch.");
        sentence.Message.ShouldNotContain('\n');
        sentence.InnerException.ShouldBe(fault);
    }

    [Fact]
    public void An_array_that_does_not_fit_is_recognised() => MemoryShortage.Of(new InsufficientMemoryException()).ShouldNotBeNull().Kind.ShouldBe(FaultKind.Input);

    [Theory]
    [InlineData("The size of tensor a (2) must match the size of tensor b (3)")]
    [InlineData("expected a memory format")]
    public void Other_faults_of_libtorch_are_not(string message) => MemoryShortage.Of(new Win32Exception(message)).ShouldBeNull();

    [Fact]
    public void Other_faults_with_such_words_are_not() => MemoryShortage.Of(new InvalidOperationException("not enough memory")).ShouldBeNull();
}
