using Nodal.Weights;

namespace Nodal.Tests.Weights;

public sealed class GgufFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Both_versions_are_read(uint version)
    {
        using var file = Open(new GgufBytes { Version = version }.Tensor("a", 0, 0, 1).Data(BitConverter.GetBytes(1.5f)));

        Floats(file, "a").ShouldBe([1.5f]);
    }

    [Fact]
    public void Metadata_comes_in_the_types_of_the_file()
    {
        using var file = Open(GgufBytes.Valid());

        var expected = new Dictionary<string, object>
        {
            ["general.architecture"] = "llama", ["u8"] = (byte)200, ["i8"] = (sbyte)-3, ["u16"] = (ushort)60000, ["i16"] = (short)-300, ["u32"] = 4000000000,
            ["i32"] = -70000, ["f32"] = 1.5f, ["bool"] = true, ["u64"] = ulong.MaxValue, ["i64"] = long.MinValue, ["f64"] = 0.1, ["texts"] = new[] { "ab", "ü" },
            ["floats"] = new[] { 1f, -2f }, ["ints"] = new[] { 1, -2 }, ["bools"] = new[] { false, true }, ["empty"] = Array.Empty<string>(),
        };
        file.Metadata.Keys.ShouldBe(expected.Keys, ignoreOrder: true);
        foreach (var (key, value) in expected)
        {
            file.Metadata[key].ShouldBeOfType(value.GetType(), key);
            file.Metadata[key].ShouldBe(value, key);
        }
    }

    [Fact]
    public void Shapes_are_row_major_and_values_come_from_the_right_place()
    {
        using var file = Open(GgufBytes.Valid());
        var integers = new long[2];

        file.ReadInt64("c", integers);

        file.Entries["a"].Shape.ShouldBe([2, 3]);
        Floats(file, "a")[5].ShouldBe(BitConverter.ToSingle([20, 21, 22, 23]));
        Floats(file, "b")[31].ShouldBe((float)BitConverter.ToHalf([32, 33]) * 65);
        integers.ShouldBe([BitConverter.ToInt32([96, 97, 98, 99]), BitConverter.ToInt32([100, 101, 102, 103])]);
    }

    [Fact]
    public void A_larger_alignment_moves_the_data()
    {
        var bytes = new GgufBytes { Alignment = 256 }.Key("general.alignment", 4, writer => writer.Write(256u)).Tensor("a", 0, 256, 1).Data([.. new byte[256], 0, 0, 0x80, 0x3f]);
        using var file = Open(bytes);

        Floats(file, "a").ShouldBe([1]);
    }

    [Fact]
    public void Use_after_dispose_throws()
    {
        var file = Open(GgufBytes.Valid());
        file.Dispose();

        Should.Throw<ObjectDisposedException>(() => file.ReadFloat32("a", new float[6]));
    }

    [Theory]
    [InlineData("gpt-2", "gpt2", 50257)]
    [InlineData("gpt-neox", "gpt2", 50432)]
    [InlineData("llama-spm", "llama", 32000)]
    public void A_vocabulary_without_tensors_is_read(string name, string kind, int tokens)
    {
        using var file = GgufFile.Open(TestData.Shared("data", "llamacpp-tokenizer-vectors", $"ggml-vocab-{name}.gguf"));

        file.Entries.ShouldBeEmpty();
        file.Metadata["tokenizer.ggml.model"].ShouldBe(kind);
        file.Metadata["tokenizer.ggml.tokens"].ShouldBeOfType<string[]>().Length.ShouldBe(tokens);
        file.Metadata["tokenizer.ggml.token_type"].ShouldBeOfType<int[]>().Length.ShouldBe(tokens);
        file.Metadata["tokenizer.ggml.bos_token_id"].ShouldBeOfType<uint>();
    }

    [Fact]
    public void A_real_quantised_model_is_read_whole()
    {
        using var file = GgufFile.Open(TestData.Shared("models", "SmolLM2-135M-Instruct", "SmolLM2-135M-Instruct.Q4_1.gguf"));

        file.Entries.Count.ShouldBe(272);
        file.Metadata["llama.block_count"].ShouldBe(30u);
        file.Entries["token_embd.weight"].Shape.ShouldBe([49152, 576]);
        file.Entries["blk.0.attn_k.weight"].Shape.ShouldBe([192, 576]);
        file.Entries["blk.29.ffn_down.weight"].Shape.ShouldBe([576, 1536]);
        file.Entries.Values.Sum(entry => entry.Elements).ShouldBe(134_515_008);
        foreach (var name in file.Entries.Keys)
        {
            var values = Floats(file, name);
            var square = System.Numerics.Tensors.TensorPrimitives.SumOfSquares<float>(values) / values.Length;
            square.ShouldBeInRange(1e-6f, 100, name);
        }
    }

    private GgufFile Open(GgufBytes bytes) => GgufFile.Open(folder.Write("model.gguf", bytes.Build()));

    private static float[] Floats(GgufFile file, string name)
    {
        var values = new float[file.Entries[name].Elements];
        file.ReadFloat32(name, values);
        return values;
    }
}
