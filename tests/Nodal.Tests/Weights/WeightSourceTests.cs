using System.Text;
using Nodal.Runtime;
using Nodal.Weights;

namespace Nodal.Tests.Weights;

public sealed class WeightSourceTests : IDisposable
{
    private static readonly byte[] Zip = [.. "PK"u8, 3, 4, .. new byte[60]];
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("model.bin")]
    [InlineData("model.gguf")]
    [InlineData("model")]
    public void The_content_tells_the_format_not_the_name(string name)
    {
        using (var source = WeightSource.Open(folder.Write(name, SafetensorsBytes.Valid())))
            source.ShouldBeOfType<SafetensorsFile>();

        using (var source = WeightSource.Open(folder.Write(name, GgufBytes.Valid().Build())))
            source.ShouldBeOfType<GgufFile>();
    }

    [Fact]
    public void A_header_whose_length_begins_like_a_pickle_is_no_pickle()
    {
        using var source = WeightSource.Open(folder.Write("model.safetensors", SafetensorsBytes.Of("{}".PadRight(640), 0)));

        source.Entries.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("model.safetensors")]
    [InlineData("pytorch_model.bin")]
    [InlineData("model")]
    public void Pickles_are_refused_whatever_their_name(string name)
    {
        Fault(folder.Write(name, Zip)).ShouldContain("is not opened: found a Python pickle; expected a safetensors or GGUF file");
        Fault(folder.Write(name, [0x80, 2, .. "}q"u8, .. new byte[20]])).ShouldContain("found a Python pickle");
    }

    [Theory]
    [InlineData("model.BIN")]
    [InlineData("model.pt")]
    [InlineData("model.pth")]
    [InlineData("model.ckpt")]
    public void Pickles_are_refused_by_name_where_the_content_says_nothing(string name) =>
        Fault(folder.Write(name, new byte[100])).ShouldContain("found a Python pickle");

    [Fact]
    public void Anything_else_is_refused()
    {
        Fault(folder.Write("notes.txt", "hello, this is text"u8)).ShouldContain("notes.txt is no model file");
        Fault(folder.Write("config.json", "{\"hidden_size\":64}"u8)).ShouldContain("no weight_map");
        Fault(folder.Write("a.safetensors", "hello, this is text"u8)).ShouldContain("is no safetensors file");
        Fault(folder.Write("a.gguf", "hello, this is text"u8)).ShouldContain("this is no GGUF file");
        Fault(folder.Write("empty.gguf", [])).ShouldContain("is empty");
        Fault(folder.At("absent.gguf")).ShouldContain("found no such file");
    }

    [Fact]
    public void A_folder_is_searched_in_the_order_of_the_documentation()
    {
        folder.Write("a.gguf", GgufBytes.Valid().Build());
        Opened().ShouldBe("a.gguf");
        folder.Write("other.safetensors", SafetensorsBytes.Valid());
        Opened().ShouldBe("other.safetensors");
        folder.Write("model.safetensors.index.json", Encoding.UTF8.GetBytes("""{"weight_map":{"a":"shard.safetensors"}}"""));
        folder.Write("shard.safetensors", SafetensorsBytes.Valid());
        Opened().ShouldBe("shard.safetensors");
        folder.Write("model.safetensors", SafetensorsBytes.Valid());
        Opened().ShouldBe("model.safetensors");
    }

    [Fact]
    public void A_folder_with_several_models_is_refused()
    {
        folder.Write("a.gguf", GgufBytes.Valid().Build());
        folder.Write("b.gguf", GgufBytes.Valid().Build());

        Fault(folder.Path).ShouldContain("holds several models: found 'a.gguf', 'b.gguf'; expected one. Give the path of the file itself.");
    }

    [Fact]
    public void A_folder_without_a_model_is_refused()
    {
        Fault(folder.Path).ShouldContain("holds no model: found an empty folder");
        folder.Write("notes.txt", "x"u8);
        Fault(folder.Path).ShouldContain("holds no model: found 'notes.txt'");
        folder.Write("pytorch_model.bin", Zip);
        Fault(folder.Path).ShouldContain("holds weights as Python pickles only: found 'pytorch_model.bin'");
    }

    private string Opened()
    {
        using var source = WeightSource.Open(folder.Path);
        return Path.GetFileName(source.Files.ShouldHaveSingleItem());
    }

    private static string Fault(string path) => Should.Throw<NodalException>(() => WeightSource.Open(path).Dispose()).Message;
}
