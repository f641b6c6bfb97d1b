namespace Nodal.EndToEnd;

public sealed class ModelCommandTests
{
    [Fact]
    public void The_embedded_model_is_shown_with_dimensions_parameters_and_gates()
    {
        var json = NodalTool.Run("model", "show", "stories260K", "--json").Successful().Json;

        json["config"]!["layers"]!.GetValue<int>().ShouldBe(5);
        json["parameters"]!["total"]!.GetValue<long>().ShouldBe(260_032);
        json["parameters"]!["blocks"]!.GetValue<long>().ShouldBe(5 * ((64 * 64 * 2) + (64 * 32 * 2) + (3 * 64 * 172)));
        json["gates"]!["Head"]!.GetValue<int>().ShouldBe(40);
        json["gates"]!["MlpHidden"]!.GetValue<int>().ShouldBe(860);
        json["hash"]!.GetValue<string>().ShouldMatch("^[0-9a-f]{64}$");
        json["tokenizer"].ShouldNotBeNull();
    }

    [Fact]
    public void Prose_of_show_has_the_same_facts() =>
        NodalTool.Run("model", "show").Successful().Output.ShouldMatch(@"(?s)attention +8 heads of 8 dimensions over 4 key/value heads.*all parameters +260,032");

    [Fact]
    public void The_embedded_model_is_sound()
    {
        var json = NodalTool.Run("model", "verify", "--json").Successful().Json;

        json["tensors"]!.GetValue<int>().ShouldBe(47);
        json["elements"]!.GetValue<long>().ShouldBe(260_032);
        json["mostLikely"].ShouldNotBeNull();
        NodalTool.Run("model", "verify").Successful().Output.ShouldContain("stories260K is sound");
    }

    [Fact]
    public void A_copy_of_the_files_anywhere_is_a_model_too()
    {
        using var copy = new ModelCopy();

        NodalTool.Run("model", "verify", copy.Path).Successful();
    }

    [Fact]
    public void A_tensor_with_a_nan_is_named()
    {
        using var copy = new ModelCopy();
        copy.ChangeWeights(bytes =>
        {
            BitConverter.GetBytes(float.NaN).CopyTo(bytes, bytes.Length - 4);
            return bytes;
        });

        NodalTool.Run("model", "verify", copy.Path).ShouldFail(1, "found NaN at element", "finite numbers");
    }
}
