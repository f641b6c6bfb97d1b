using System.Text;
using Nodal.Runtime;
using Nodal.Weights;
using static Nodal.Tests.Weights.SafetensorsBytes;

namespace Nodal.Tests.Weights;

public sealed class HostileSafetensorsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(9)]
    public void A_file_shorter_than_any_header_is_refused(int bytes) =>
        Fault(new byte[bytes]).ShouldContain(bytes == 0 ? "is empty" : "is no safetensors file: found");

    [Theory]
    [InlineData(100_000_001)]
    [InlineData(long.MaxValue)]
    [InlineData(-1)]
    public void An_absurd_header_length_is_refused(long length) => Fault([.. Length(length), .. "{}"u8]).ShouldContain("expected at most 100000000");

    [Fact]
    public void A_header_longer_than_the_file_is_refused() => Fault([.. Length(50), .. "{}"u8]).ShouldBe(
        "model.safetensors is truncated: found 10 bytes; expected at least the 50 of the header after the first 8. Download or copy the file again.");

    [Fact]
    public void Every_truncation_of_a_valid_file_is_refused()
    {
        var valid = Valid();
        for (var length = 0; length < valid.Length; length++)
            Fault(valid[..length]).ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{} {}")]
    [InlineData("{\"a\":1}")]
    [InlineData("{\"a\":{}}")]
    [InlineData("{\"a\":[[[[[[[[[[[[]]]]]]]]]]]]}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]},}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4,8]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":{},\"data_offsets\":[0,4]}}")]
    [InlineData("{\"a\":{\"dtype\":1,\"shape\":[],\"data_offsets\":[0,4]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4],\"more\":1}}")]
    [InlineData("{\"__metadata__\":{\"a\":1}}")]
    [InlineData("{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}}")]
    [InlineData("{\"__metadata__\":{},\"__metadata__\":{}}")]
    [InlineData("{\"\\ud800\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}}")]
    public void A_header_of_the_wrong_form_is_refused(string header) => Fault(Of(header, 4)).ShouldContain("The file is ");

    [Fact]
    public void Bytes_that_are_no_utf8_are_refused() =>
        Fault(Of([.. "{\"__metadata__\":{\"a\":\""u8, 0xff, .. "\"}}"u8], 0)).ShouldContain("the header is no valid JSON");

    [Theory]
    [InlineData("-1", "4")]
    [InlineData("4", "0")]
    [InlineData("0", "8")]
    [InlineData("0", "9223372036854775807")]
    [InlineData("0", "9223372036854775808")]
    [InlineData("9223372036854775804", "9223372036854775807")]
    [InlineData("0", "4.0")]
    [InlineData("0", "4e0")]
    [InlineData("0", "\"4\"")]
    public void Offsets_outside_the_file_are_refused(string begin, string end) => Fault(Of($"{{{Tensor("a", "F32", "1", begin, end)}}}", 4)).ShouldContain("tensor 'a'");

    [Theory]
    [InlineData("F32", "2", "needs")]
    [InlineData("F64", "1", "needs")]
    [InlineData("F32", "0", "needs")]
    [InlineData("F32", "9223372036854775808", "whole numbers")]
    [InlineData("F32", "-1", "whole numbers")]
    [InlineData("F32", "1.5", "whole numbers")]
    [InlineData("F32", "9223372036854775807", "the shape is absurd")]
    [InlineData("F32", "4294967296,4294967296", "the shape is absurd")]
    [InlineData("U8", "9223372036854775807,9223372036854775807,0", "the shape is absurd")]
    [InlineData("F8_E4M3", "4", "the type is not read: found 'F8_E4M3'")]
    public void A_shape_or_type_that_does_not_fit_the_bytes_is_refused(string type, string shape, string expected) =>
        Fault(Of($"{{{Tensor("a", type, shape, "0", "4")}}}", 4)).ShouldContain(expected);

    [Fact]
    public void More_dimensions_than_any_tensor_has_are_refused() =>
        Fault(Of($"{{{Tensor("a", "U8", string.Join(',', Enumerable.Repeat(1, 100_000)), "0", "1")}}}", 1)).ShouldContain("found more than 64 numbers");

    [Fact]
    public void Overlapping_tensors_are_refused() =>
        Fault(Of($"{{{Tensor("a", "U8", "4", "0", "4")},{Tensor("b", "U8", "4", "2", "6")}}}", 6)).ShouldContain("tensors overlap: found 'a' in bytes");

    [Theory]
    [InlineData("1", 8)]
    [InlineData("0", 9)]
    public void Bytes_that_belong_to_no_tensor_are_refused(string begin, int dataBytes) =>
        Fault(Of($"{{{Tensor("a", "U8", begin == "1" ? "7" : "8", begin, "8")}}}", dataBytes)).ShouldContain("bytes that belong to no tensor: found 1 of them");

    [Fact]
    public void A_name_that_stands_twice_is_refused() =>
        Fault(Of($"{{{Tensor("a", "U8", "4", "0", "4")},{Tensor("\\u0061", "U8", "4", "4", "8")}}}", 8)).ShouldContain("a name stands twice: found 'a'");

    [Fact]
    public void A_name_cannot_write_to_the_terminal_or_fill_it()
    {
        var fault = Fault(Of($"{{{Tensor("\\u001b[2J" + new string('x', 1000), "U8", "9", "0", "4")}}}", 4));

        fault.ShouldNotContain('\u001b');
        Encoding.UTF8.GetByteCount(fault).ShouldBeLessThan(500);
    }

    private string Fault(byte[] content) => Should.Throw<NodalException>(() => SafetensorsFile.Open(folder.Write("model.safetensors", content)).Dispose()).Message;
}
