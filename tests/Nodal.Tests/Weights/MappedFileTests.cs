using Nodal.Runtime;
using Nodal.Weights;

namespace Nodal.Tests.Weights;

public sealed class MappedFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_borrower_keeps_the_map_when_the_file_is_disposed()
    {
        var file = MappedFile.Open(folder.Write("a", [1, 2, 3]));
        using (var bytes = file.Borrow())
        {
            file.Dispose();
            bytes.Slice(1, 2).ToArray().ShouldBe([2, 3]);
        }

        Should.Throw<ObjectDisposedException>(() => file.Borrow().Dispose());
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 4)]
    [InlineData(3, 1)]
    [InlineData(long.MaxValue, 1)]
    public void Nothing_outside_the_file_is_given_out(long offset, int count)
    {
        using var file = MappedFile.Open(folder.Write("a", [1, 2, 3]));

        Should.Throw<ArgumentOutOfRangeException>(() =>
        {
            using var bytes = file.Borrow();
            bytes.Slice(offset, count);
        });
    }

    [Fact]
    public void A_link_is_followed()
    {
        folder.Write("a", [1, 2, 3, 4, 5]);
        File.CreateSymbolicLink(folder.At("link"), folder.At("a"));

        using var file = MappedFile.Open(folder.At("link"));

        file.Length.ShouldBe(5);
    }

    [Theory]
    [InlineData("absent", "no such file")]
    [InlineData(".", "a folder")]
    public void A_path_that_is_no_file_is_named(string name, string found) =>
        Should.Throw<NodalException>(() => MappedFile.Open(folder.At(name))).Message.ShouldContain($"found {found}; expected a model file");

    [Fact]
    public void An_empty_file_is_named() =>
        Should.Throw<NodalException>(() => MappedFile.Open(folder.Write("a", []))).Message.ShouldContain("a is empty: found 0 bytes");
}
