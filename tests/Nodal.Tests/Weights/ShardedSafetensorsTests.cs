using System.Text;
using Nodal.Runtime;
using Nodal.Weights;
using static Nodal.Tests.Weights.SafetensorsBytes;

namespace Nodal.Tests.Weights;

public sealed class ShardedSafetensorsTests : IDisposable
{
    private const string Index = "model.safetensors.index.json";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Tensors_of_all_shards_are_read()
    {
        WriteShards();
        using var source = Open("""{"metadata":{"total_size":8},"weight_map":{"a":"1.safetensors","b":"2.safetensors"}}""");
        var a = new float[4];
        var b = new long[4];

        source.ReadFloat32("a", a);
        source.ReadInt64("b", b);

        a.ShouldBe([0, 1, 2, 3]);
        b.ShouldBe([0, 1, 2, 3]);
        source.Files.ShouldBe([folder.At("1.safetensors"), folder.At("2.safetensors")]);
        source.Entries.Keys.ShouldBe(["a", "b"], ignoreOrder: true);
        Should.Throw<NodalException>(() => source.ReadFloat32("c", a)).Message.ShouldContain("none of them 'c'");
    }

    [Fact]
    public void Use_after_dispose_throws()
    {
        WriteShards();
        var source = Open("""{"weight_map":{"a":"1.safetensors","b":"2.safetensors"}}""");
        source.Dispose();

        Should.Throw<ObjectDisposedException>(() => source.ReadFloat32("b", new float[4]));
    }

    [Fact]
    public void A_model_saved_in_bfloat16_shards_has_all_its_parameters()
    {
        using var source = WeightSource.Open(TestData.Shared("golden", "tiny-models", "llama-gqa-bf16-sharded"));

        source.Files.Count.ShouldBe(3);
        source.Entries.Values.Sum(entry => entry.Elements).ShouldBe(18_024);
        foreach (var entry in source.Entries.Values)
        {
            entry.Type.ShouldBe(TensorType.BF16);
            var values = new float[entry.Elements];
            source.ReadFloat32(entry.Name, values);
            values.ShouldAllBe(value => float.IsFinite(value) && (BitConverter.SingleToUInt32Bits(value) & 0xffff) == 0);
            values.ShouldContain(value => value != 0);
        }
    }

    [Theory]
    [InlineData("../1.safetensors")]
    [InlineData("/etc/1.safetensors")]
    [InlineData("sub/1.safetensors")]
    [InlineData("..\\\\1.safetensors")]
    [InlineData("C:1.safetensors")]
    [InlineData("passwd")]
    [InlineData("")]
    [InlineData("1.safetensors\\u0000.safetensors")]
    public void An_index_cannot_name_a_file_elsewhere(string name)
    {
        WriteShards();
        Fault($$$"""{"weight_map":{"a":"{{{name}}}"}}""").ShouldContain("names a shard that may not be opened");
    }

    [Theory]
    [InlineData("", "is no valid JSON")]
    [InlineData("{", "is no valid JSON")]
    [InlineData("{} x", "is no valid JSON")]
    [InlineData("[]", "is no index of safetensors shards")]
    [InlineData("{}", "no weight_map")]
    [InlineData("{\"weight_map\":{}}", "no weight_map, or an empty one")]
    [InlineData("{\"weight_map\":[]}", "StartArray for weight_map")]
    [InlineData("{\"weight_map\":{\"a\":1}}", "Number for weight_map, 'a'")]
    [InlineData("{\"weight_map\":{\"a\":\"1.safetensors\"},\"weight_map\":{}}", "two weight_maps")]
    [InlineData("{\"weight_map\":{\"a\":\"1.safetensors\",\"a\":\"1.safetensors\"}}", "'a' twice")]
    [InlineData("{\"weight_map\":{\"a\":\"3.safetensors\"}}", "no '3.safetensors' beside it")]
    [InlineData("{\"weight_map\":{\"z\":\"1.safetensors\"}}", "no tensor 'z' in it")]
    [InlineData("{\"weight_map\":{\"a\":\"1.safetensors\",\"b\":\"1.safetensors\"}}", "no tensor 'b' in it")]
    [InlineData("{\"weight_map\":{\"a\":\"1.safetensors\",\"b\":\"2.safetensors\",\"c\":\"twice.safetensors\"}}", "'a', which the index says is in 1.safetensors")]
    public void An_index_that_does_not_fit_is_refused(string index, string expected)
    {
        WriteShards();
        folder.Write("twice.safetensors", Of($"{{{Tensor("a", "U8", "4", "0", "4")},{Tensor("c", "U8", "4", "4", "8")}}}", 8));
        Fault(index).ShouldContain(expected);
    }

    [Fact]
    public void A_damaged_shard_is_named()
    {
        WriteShards();
        folder.Write("2.safetensors", Of("{}", 1));
        Fault("""{"weight_map":{"a":"1.safetensors","b":"2.safetensors"}}""").ShouldStartWith("2.safetensors: bytes that belong to no tensor");
    }

    private void WriteShards()
    {
        folder.Write("1.safetensors", Of($"{{{Tensor("a", "U8", "4", "0", "4")}}}", 4));
        folder.Write("2.safetensors", Of($"{{{Tensor("b", "U8", "4", "0", "4")}}}", 4));
    }

    private ShardedSafetensors Open(string index) => ShardedSafetensors.Open(folder.Write(Index, Encoding.UTF8.GetBytes(index)));

    private string Fault(string index) => Should.Throw<NodalException>(() => Open(index).Dispose()).Message;
}
