using Nodal.Runtime;
using Nodal.Weights;

namespace Nodal.Tests.Weights;

public sealed class HostileGgufTests : IDisposable
{
    private const ulong TwoTo63 = 1UL << 63;
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_truncation_of_a_valid_file_is_refused()
    {
        var valid = GgufBytes.Valid().Build();
        for (var length = 0; length < valid.Length; length++)
            Fault(valid[..length]).ShouldNotBeEmpty();
    }

    [Fact]
    public void Another_magic_is_refused() => Fault([.. "GGML"u8, .. new byte[60]]).ShouldContain("this is no GGUF file: found 0x4c4d4747");

    [Theory]
    [InlineData(1u, "version 1")]
    [InlineData(4u, "version 4")]
    [InlineData(3u << 24, "big-endian data")]
    public void Another_version_is_refused(uint version, string found) => Fault(new GgufBytes { Version = version }).ShouldContain($"found {found}; expected version 2 or 3");

    [Theory]
    [InlineData(4UL)]
    [InlineData(1UL << 40)]
    [InlineData(ulong.MaxValue)]
    public void Counts_beyond_what_the_file_can_hold_are_refused(ulong count)
    {
        Fault(new GgufBytes { TensorCount = count }.Data(new byte[32])).ShouldContain("the number of tensors: found a count of");
        Fault(new GgufBytes { KeyCount = count }.Data(new byte[32])).ShouldContain("the number of metadata keys: found a count of");
    }

    [Fact]
    public void A_number_of_keys_that_fits_but_is_absurd_is_refused() =>
        Fault([.. new GgufBytes { KeyCount = 1_100_000 }.Build(), .. new byte[13 * 1_100_000]]).ShouldContain("expected at most 1048576");

    [Theory]
    [InlineData(1000UL)]
    [InlineData(TwoTo63)]
    [InlineData(ulong.MaxValue)]
    public void A_text_beyond_the_file_is_refused(ulong length) =>
        Fault(new GgufBytes().Key("k", 8, writer => writer.Write(length))).ShouldContain("metadata 'k' goes on beyond the end");

    [Theory]
    [InlineData(0u, 1000UL)]
    [InlineData(8u, 1000UL)]
    [InlineData(8u, ulong.MaxValue)]
    [InlineData(12u, (1UL << 61) + 1)]
    [InlineData(7u, TwoTo63)]
    public void An_array_beyond_the_file_is_refused(uint type, ulong count) =>
        Fault(new GgufBytes().ArrayKey("k", type, count, _ => { })).ShouldContain($"metadata 'k': found a count of {count}");

    [Fact]
    public void Nested_arrays_are_refused() => Fault(new GgufBytes().ArrayKey("k", 9, 1, writer => writer.Write(new byte[16]))).ShouldContain("found an array of arrays");

    [Fact]
    public void Unknown_types_of_metadata_are_refused()
    {
        Fault(new GgufBytes().Key("k", 13, writer => writer.Write(0L))).ShouldContain("metadata 'k': found type 13");
        Fault(new GgufBytes().ArrayKey("k", uint.MaxValue, 1, writer => writer.Write(0L))).ShouldContain("found type 4294967295");
    }

    [Fact]
    public void Truth_values_other_than_0_and_1_are_refused()
    {
        Fault(new GgufBytes().Key("k", 7, writer => writer.Write((byte)2))).ShouldContain("found a truth value of 2");
        Fault(new GgufBytes().ArrayKey("k", 7, 1, writer => writer.Write((byte)255))).ShouldContain("found a truth value of 255");
    }

    [Fact]
    public void A_text_that_is_no_utf8_is_refused() =>
        Fault(new GgufBytes().Key("k", 8, writer => { writer.Write(1UL); writer.Write((byte)0xff); })).ShouldContain("no valid UTF-8");

    [Fact]
    public void Names_that_stand_twice_are_refused()
    {
        Fault(new GgufBytes().Key("k", 0, writer => writer.Write((byte)1)).Key("k", 0, writer => writer.Write((byte)1))).ShouldContain("a metadata key stands twice: found 'k'");
        Fault(new GgufBytes().Tensor("t", 0, 0, 1).Tensor("t", 0, 32, 1).Data(new byte[64])).ShouldContain("a tensor stands twice: found 't'");
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(3u)]
    [InlineData(uint.MaxValue)]
    public void An_alignment_that_is_no_power_of_two_is_refused(uint alignment) =>
        Fault(new GgufBytes().Key("general.alignment", 4, writer => writer.Write(alignment))).ShouldContain($"general.alignment: found {alignment} (UInt32)");

    [Fact]
    public void An_alignment_of_another_type_is_refused() =>
        Fault(new GgufBytes().Key("general.alignment", 8, writer => GgufBytes.Text(writer, "32"))).ShouldContain("general.alignment: found 32 (String)");

    [Theory]
    [InlineData(16UL)]
    [InlineData(TwoTo63)]
    [InlineData(ulong.MaxValue)]
    public void An_offset_that_is_not_aligned_or_absurd_is_refused(ulong offset) =>
        Fault(new GgufBytes().Tensor("t", 0, offset, 1).Data(new byte[64])).ShouldContain($"tensor 't': found offset {offset}");

    [Theory]
    [InlineData(64UL)]
    [InlineData(TwoTo63 - 32)]
    public void A_tensor_beyond_the_file_is_refused(ulong offset) =>
        Fault(new GgufBytes().Tensor("t", 0, offset, 1).Data(new byte[64])).ShouldContain("tensor 't' lies beyond the end of the file");

    [Theory]
    [InlineData(TwoTo63, 1UL, "a dimension of 9223372036854775808")]
    [InlineData(ulong.MaxValue, 0UL, "a dimension of 18446744073709551615")]
    [InlineData(TwoTo63 - 1, 1UL, "the shape is absurd")]
    [InlineData(1UL << 32, 1UL << 32, "the shape is absurd")]
    [InlineData(1UL << 40, 1UL, "lies beyond the end of the file")]
    public void Absurd_shapes_are_refused(ulong inner, ulong outer, string expected) =>
        Fault(new GgufBytes().Tensor("t", 0, 0, inner, outer).Data(new byte[64])).ShouldContain(expected);

    [Theory]
    [InlineData(5)]
    [InlineData(1_000_000)]
    public void More_than_four_dimensions_are_refused(int dimensions) =>
        Fault(new GgufBytes().Tensor("t", 0, 0, [.. Enumerable.Repeat(1UL, dimensions)]).Data(new byte[64])).ShouldContain($"found {dimensions} dimensions; expected at most 4");

    [Theory]
    [InlineData(2u, 33UL, "Q4_0 hold whole blocks: found shape [2, 33]; expected an innermost dimension divisible by 32")]
    [InlineData(14u, 128UL, "Q6_K hold whole blocks: found shape [2, 128]; expected an innermost dimension divisible by 256")]
    public void Rows_of_broken_blocks_are_refused(uint type, ulong inner, string expected) =>
        Fault(new GgufBytes().Tensor("t", type, 0, inner, 2).Data(new byte[1024])).ShouldContain(expected);

    [Theory]
    [InlineData(20u, "IQ4_NL")]
    [InlineData(39u, "MXFP4")]
    [InlineData(4u, "type 4")]
    [InlineData(1000u, "type 1000")]
    public void Types_that_are_not_read_are_named(uint type, string name) =>
        Fault(new GgufBytes().Tensor("t", type, 0, 32).Data(new byte[64])).ShouldContain($"tensor 't': the type is not read: found {name};");

    [Fact]
    public void Overlapping_tensors_are_refused() =>
        Fault(new GgufBytes().Tensor("s", 0, 32, 1).Tensor("t", 0, 0, 9).Data(new byte[64])).ShouldContain("tensors overlap: found 't' in bytes");

    [Fact]
    public void One_part_of_a_split_model_is_refused() =>
        Fault(new GgufBytes().Key("split.count", 2, writer => writer.Write((ushort)3))).ShouldContain("is one part of a split GGUF: found 3 parts");

    private string Fault(GgufBytes bytes) => Fault(bytes.Build());

    private string Fault(byte[] content) => Should.Throw<NodalException>(() => GgufFile.Open(folder.Write("model.gguf", content)).Dispose()).Message;
}
