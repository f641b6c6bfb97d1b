namespace Nodal.EndToEnd;

public sealed class DamagedModelTests
{
    [Fact]
    public void A_truncated_weight_file_is_explained()
    {
        using var copy = new ModelCopy();
        copy.ChangeWeights(bytes => bytes[..(bytes.Length / 2)]);

        NodalTool.Run("model", "verify", copy.Path).ShouldFail(1, "model.safetensors", "found ", "; expected ");
    }

    [Fact]
    public void An_empty_weight_file_is_explained()
    {
        using var copy = new ModelCopy();
        copy.ChangeWeights(_ => []);

        NodalTool.Run("model", "show", copy.Path).ShouldFail(1, "model.safetensors", "found ", "; expected ");
    }

    [Fact]
    public void A_header_length_beyond_the_file_is_explained()
    {
        using var copy = new ModelCopy();
        copy.ChangeWeights(bytes =>
        {
            BitConverter.GetBytes(long.MaxValue).CopyTo(bytes, 0);
            return bytes;
        });

        NodalTool.Run("model", "verify", copy.Path).ShouldFail(1, "model.safetensors", "found ", "; expected ");
    }

    [Fact]
    public void A_missing_tensor_is_named()
    {
        using var copy = new ModelCopy();
        copy.ChangeHeader("\"model.norm.weight\"", "\"model.nerm.weight\"");

        NodalTool.Run("discover", "--model", copy.Path).ShouldFail(1, "lacks the tensor 'model.norm.weight'", "; expected ");
    }

    [Fact]
    public void An_unknown_architecture_is_named()
    {
        using var copy = new ModelCopy();
        copy.ChangeConfig("\"model_type\": \"llama\"", "\"model_type\": \"mamba\"");

        NodalTool.Run("discover", "--model", copy.Path).ShouldFail(1, "found 'mamba'; expected ");
    }

    [Fact]
    public void A_configuration_that_does_not_fit_the_weights_is_explained()
    {
        using var copy = new ModelCopy();
        copy.ChangeConfig("\"hidden_size\": 64", "\"hidden_size\": 128");

        NodalTool.Run("discover", "--model", copy.Path).ShouldFail(1, "does not fit the model's configuration", "; expected ");
    }

    [Fact]
    public void A_broken_configuration_is_explained()
    {
        using var copy = new ModelCopy();
        copy.ChangeConfig("\"hidden_size\"", "hidden_size");

        NodalTool.Run("model", "show", copy.Path).ShouldFail(1, "config.json", "; expected ");
    }
}
