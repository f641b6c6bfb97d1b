using System.Text.Json;
using Nodal.Models;
using Nodal.Weights;
using static TorchSharp.torch;

namespace Nodal.Tests.Models;

/// <summary>Really trained models against reference implementations; where the values come from stands beside each.</summary>
public sealed class RealModelTests
{
    private const string SmolLm2 = "SmolLM2-135M-Instruct";

    /// <summary>shared/data/stories260K/golden.json: an independent numpy forward pass, whose text is the one karpathy/llama2.c documents.</summary>
    [Fact]
    public void Embedded_model_continues_as_its_reference_does_and_tells_the_same_story()
    {
        using var golden = JsonDocument.Parse(File.ReadAllText(TestData.Shared("data", "stories260K", "golden.json")));
        using var model = ModelLoader.Load(EmbeddedModel.Id);
        var expected = Ids(golden.RootElement.GetProperty("greedy_tokens"));
        List<long> tokens = [expected[0]];
        while (tokens.Count < expected.Length)
        {
            using var scope = NewDisposeScope();
            tokens.Add(LastLogits(model.Transformer, [.. tokens]).argmax(-1).item<long>());
        }

        tokens.ShouldBe(expected);
        model.Tokenizer!.Decode([.. tokens.Skip(1).Select(id => (int)id)]).Trim().ShouldBe(golden.RootElement.GetProperty("greedy_text").GetString()!.Trim());
    }

    [Fact]
    public void Embedded_model_has_its_reference_logits()
    {
        using var golden = JsonDocument.Parse(File.ReadAllText(TestData.Shared("data", "stories260K", "golden.json")));
        using var model = ModelLoader.Load(EmbeddedModel.Id);
        using var scope = NewDisposeScope();
        var logits = model.Transformer.Forward(Batch(Ids(golden.RootElement.GetProperty("prompt_tokens_16"))));       // (1, t, v)
        var expected = golden.RootElement.GetProperty("logits_16").EnumerateArray().SelectMany(row => row.EnumerateArray()).Select(value => value.GetSingle());
        Largest(logits.view(-1) - tensor(expected.ToArray())).ShouldBeLessThan(1e-4);
    }

    /// <summary>shared/golden/smollm2-135m: transformers 5.23 in float32 on the dequantised GGUF.</summary>
    [Fact]
    public void SmolLM2_has_the_reference_top_logits_of_every_prompt()
    {
        using var golden = JsonDocument.Parse(File.ReadAllText(TestData.Shared("golden", "smollm2-135m", "top_logits.json")));
        using var model = ModelLoader.Load(TestData.Shared("models", SmolLm2, $"{SmolLm2}.Q4_1.gguf"));
        foreach (var prompt in golden.RootElement.EnumerateArray())
        {
            using var scope = NewDisposeScope();
            var ids = Ids(prompt.GetProperty("ids"));
            model.Tokenizer!.Encode(prompt.GetProperty("text").GetString()!).Select(id => (long)id).ShouldBe(ids);
            var logits = LastLogits(model.Transformer, ids);                                                          // (v)
            var top = logits[tensor(Ids(prompt.GetProperty("top_ids")))];
            var expected = prompt.GetProperty("top_logits").EnumerateArray().Select(value => value.GetSingle()).ToArray();
            Largest(top - tensor(expected)).ShouldBeLessThan(2e-3);
            Math.Abs(logits.logsumexp(0).item<float>() - prompt.GetProperty("logsumexp").GetDouble()).ShouldBeLessThan(2e-3);
        }
    }

    [Fact]
    public void SmolLM2_has_the_reference_logits_and_the_reference_stream_before_every_layer()
    {
        using var golden = WeightSource.Open(TestData.Shared("golden", "smollm2-135m", "logits.safetensors"));
        using var model = ModelLoader.Load(TestData.Shared("models", SmolLm2, $"{SmolLm2}.Q4_1.gguf"));
        for (var prompt = 0; golden.Entries.TryGetValue($"{prompt}.ids", out var entry); prompt++)
        {
            using var scope = NewDisposeScope();
            var ids = new long[entry.Elements];
            golden.ReadInt64($"{prompt}.ids", ids);
            Largest(LastLogits(model.Transformer, ids) - Read(golden, $"{prompt}.logits_last")).ShouldBeLessThan(2e-3);

            var expected = Read(golden, $"{prompt}.hidden_last").view(model.Transformer.Config.Layers + 1, -1);      // (layers + 1, d)
            var x = model.Transformer.Embed(Batch(ids));                                                              // (1, t, d)
            for (var layer = 0; layer < model.Transformer.Config.Layers; layer++)
            {
                Largest(x[0, ids.Length - 1] - expected[layer]).ShouldBeLessThan(2e-3 * Math.Max(1, Largest(expected[layer])));
                x = x + model.Transformer.AttentionOutput(layer, model.Transformer.HeadResults(layer, x));
                x = x + model.Transformer.MlpOutput(layer, model.Transformer.Hidden(layer, x));
            }
        }
    }

    /// <summary>(v): logits after the last token.</summary>
    private static Tensor LastLogits(Transformer model, long[] ids) => model.Forward(Batch(ids))[0, ids.Length - 1];

    private static Tensor Batch(long[] ids) => tensor(ids, 1, ids.Length);

    private static double Largest(Tensor values) => values.abs().max().item<float>();

    private static long[] Ids(JsonElement array) => [.. array.EnumerateArray().Select(id => id.GetInt64())];

    private static Tensor Read(IWeightSource source, string name)
    {
        var values = new float[source.Entries[name].Elements];
        source.ReadFloat32(name, values);
        return tensor(values);
    }
}
