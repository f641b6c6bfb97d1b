using Nodal.Weights;

namespace Nodal.Tests.Weights;

/// <summary>Reference blocks and values made with gguf-py 0.19; see golden/README.md of the shared data.</summary>
public sealed class QuantsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("F16", 1)]
    [InlineData("Q4_0", 2)]
    [InlineData("Q4_1", 3)]
    [InlineData("Q5_0", 6)]
    [InlineData("Q5_1", 7)]
    [InlineData("Q8_0", 8)]
    [InlineData("Q2_K", 10)]
    [InlineData("Q3_K", 11)]
    [InlineData("Q4_K", 12)]
    [InlineData("Q5_K", 13)]
    [InlineData("Q6_K", 14)]
    [InlineData("BF16", 30)]
    public void Values_equal_the_reference_bit_for_bit(string name, uint number)
    {
        using var golden = SafetensorsFile.Open(TestData.Shared("golden", "gguf-quants.safetensors"));
        var expected = new float[golden.Entries[$"{name}.values"].Elements];
        golden.ReadFloat32($"{name}.values", expected);
        var raw = new long[golden.Entries[$"{name}.raw"].Elements];
        golden.ReadInt64($"{name}.raw", raw);
        var gguf = new GgufBytes().Tensor("t", number, 0, 512, 4).Data([.. raw.Select(value => (byte)value)]).Build();
        using var file = GgufFile.Open(folder.Write("model.gguf", gguf));
        var values = new float[expected.Length];

        file.ReadFloat32("t", values);

        file.Entries["t"].Type.ToString().ShouldBe(name);
        values.Select(BitConverter.SingleToUInt32Bits).ShouldBe(expected.Select(BitConverter.SingleToUInt32Bits));
    }

    [Fact]
    public void A_tensor_of_several_pieces_equals_its_pieces()
    {
        var random = new Random(1);
        var blocks = new byte[(1 << 17) / 256 * 210 * 3 / 2];
        random.NextBytes(blocks);
        var whole = new float[blocks.Length / 210 * 256];
        KQuants.Q6_K(blocks, whole);
        var gguf = new GgufBytes().Tensor("t", 14, 0, 256, (ulong)blocks.Length / 210).Data(blocks).Build();
        using var file = GgufFile.Open(folder.Write("model.gguf", gguf));
        var values = new float[whole.Length];

        file.ReadFloat32("t", values);

        values.ShouldBe(whole);
    }
}
