using Nodal.Weights;

namespace Nodal.Tests.Weights;

public sealed class SafetensorsFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_type_is_widened_to_float32()
    {
        var header = "{" + string.Join(
            ',',
            SafetensorsBytes.Tensor("F64", "F64", "1", "0", "8"),
            SafetensorsBytes.Tensor("F32", "F32", "1", "8", "12"),
            SafetensorsBytes.Tensor("F16", "F16", "1", "12", "14"),
            SafetensorsBytes.Tensor("BF16", "BF16", "1", "14", "16"),
            SafetensorsBytes.Tensor("I64", "I64", "1", "16", "24"),
            SafetensorsBytes.Tensor("I32", "I32", "1", "24", "28"),
            SafetensorsBytes.Tensor("I16", "I16", "1", "28", "30"),
            SafetensorsBytes.Tensor("I8", "I8", "1", "30", "31"),
            SafetensorsBytes.Tensor("U8", "U8", "1", "31", "32"),
            SafetensorsBytes.Tensor("BOOL", "BOOL", "2", "32", "34")) + "}";
        byte[] data =
        [
            .. BitConverter.GetBytes(-1.25), .. BitConverter.GetBytes(0.1f), .. BitConverter.GetBytes((Half)(-2.5f)), 0xc0, 0x3f, .. BitConverter.GetBytes(-5L),
            .. BitConverter.GetBytes(-70000), .. BitConverter.GetBytes((short)-300), 0xfe, 0xfe, 0, 1,
        ];
        using var file = Open([.. SafetensorsBytes.Of(header, 0), .. data]);

        (string Name, float[] Expected)[] expected =
        [
            ("F64", [-1.25f]), ("F32", [0.1f]), ("F16", [-2.5f]), ("BF16", [1.5f]), ("I64", [-5]), ("I32", [-70000]), ("I16", [-300]), ("I8", [-2]), ("U8", [254]),
            ("BOOL", [0, 1]),
        ];
        foreach (var (name, values) in expected)
            Floats(file, name).ShouldBe(values, name);
    }

    [Fact]
    public void Integers_are_widened_to_int64_and_nothing_else_is()
    {
        using var file = Open(SafetensorsBytes.Valid());
        var values = new long[2];

        file.ReadInt64("c", values);

        values.ShouldBe([BitConverter.ToInt64([32, 33, 34, 35, 36, 37, 38, 39]), BitConverter.ToInt64([40, 41, 42, 43, 44, 45, 46, 47])]);
        Should.Throw<Nodal.Runtime.NodalException>(() => file.ReadInt64("a", new long[6])).Message
            .ShouldBe("model.safetensors, tensor 'a' is read as integers: found F32; expected I8, I16, I32, I64 or U8. Use a file that stores integers there.");
    }

    [Fact]
    public void Entries_metadata_and_files_are_what_the_file_says()
    {
        using var file = Open(SafetensorsBytes.Valid());

        file.Entries.Keys.ShouldBe(["a", "b", "c", "nothing", "scalar"], ignoreOrder: true);
        file.Entries["a"].Type.ShouldBe(TensorType.F32);
        file.Entries["a"].Shape.ShouldBe([2, 3]);
        file.Entries["nothing"].Elements.ShouldBe(0);
        file.Entries["scalar"].Elements.ShouldBe(1);
        file.Metadata.ShouldBe(new Dictionary<string, object> { ["format"] = "pt" });
        file.Files.ShouldBe([folder.At("model.safetensors")]);
        Floats(file, "nothing").ShouldBeEmpty();
    }

    [Fact]
    public void The_embedded_model_has_finite_weights_of_its_shapes()
    {
        using var file = SafetensorsFile.Open(TestData.InRepository("assets", "stories260K", "model.safetensors"));

        file.Entries.Values.Sum(entry => entry.Elements).ShouldBe((512 * 64) + (5 * ((64 * (64 + 32 + 32 + 64)) + (3 * 64 * 172) + (2 * 64))) + 64);
        file.Entries["model.embed_tokens.weight"].Shape.ShouldBe([512, 64]);
        file.Entries.Keys.SelectMany(name => Floats(file, name)).ShouldAllBe(value => float.IsFinite(value));
    }

    [Fact]
    public void A_tensor_beyond_two_gibibytes_is_read()
    {
        const long Big = 1L << 31;
        var header = $"{{{SafetensorsBytes.Tensor("big", "U8", $"{Big}", "0", $"{Big}")},{SafetensorsBytes.Tensor("last", "F32", "1", $"{Big}", $"{Big + 4}")}}}";
        var front = SafetensorsBytes.Of(header, 0);
        using (var sparse = File.Create(folder.At("big.safetensors")))
        {
            sparse.Write(front);
            sparse.Position = front.Length + Big;
            sparse.Write(BitConverter.GetBytes(42f));
        }

        using var file = SafetensorsFile.Open(folder.At("big.safetensors"));

        Floats(file, "last").ShouldBe([42]);
    }

    [Fact]
    public void A_missing_tensor_is_a_fault_and_a_wrong_destination_a_bug()
    {
        using var file = Open(SafetensorsBytes.Valid());

        Should.Throw<Nodal.Runtime.NodalException>(() => file.ReadFloat32("z", new float[1])).Message.ShouldContain("5 tensors, none of them 'z'");
        Should.Throw<ArgumentException>(() => file.ReadFloat32("a", new float[5]));
        Should.Throw<ArgumentException>(() => file.ReadInt64("c", new long[3]));
    }

    [Fact]
    public void Use_after_dispose_throws()
    {
        var file = Open(SafetensorsBytes.Valid());
        file.Dispose();
        file.Dispose();

        Should.Throw<ObjectDisposedException>(() => file.ReadFloat32("a", new float[6]));
        Should.Throw<ObjectDisposedException>(() => file.ReadInt64("c", new long[2]));
    }

    private SafetensorsFile Open(byte[] content) => SafetensorsFile.Open(folder.Write("model.safetensors", content));

    private static float[] Floats(SafetensorsFile file, string name)
    {
        var values = new float[file.Entries[name].Elements];
        file.ReadFloat32(name, values);
        return values;
    }
}
