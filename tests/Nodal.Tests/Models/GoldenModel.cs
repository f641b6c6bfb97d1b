using System.Text.Json;
using Nodal.Models;
using Nodal.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace Nodal.Tests.Models;

/// <summary>One of the shared tiny models, and what the reference implementation (transformers 5.23 on PyTorch 2.13, float64) computed with it.</summary>
internal sealed class GoldenModel : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly IWeightSource _golden;

    /// <param name="name">Folder of the model.</param>
    /// <param name="config">File of its configuration.</param>
    /// <param name="change">What the reference did otherwise than the configuration says.</param>
    public GoldenModel(string name, string config = "config.json", Func<ModelConfig, ModelConfig>? change = null)
    {
        var folder = TestData.Shared("golden", "tiny-models", name);
        using var weights = WeightSource.Open(File.Exists(Path.Combine(folder, "model.safetensors"))
            ? Path.Combine(folder, "model.safetensors")
            : Path.Combine(folder, "model.safetensors.index.json"));
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, config)));
        var files = new ModelFiles(folder, weights, json.RootElement);
        IArchitecture[] known = [new LlamaArchitecture(), new LlamaGgufArchitecture(), new Gpt2Architecture()];
        var architecture = known.Single(one => one.Matches(files));
        var read = (change ?? (same => same))(architecture.ReadConfig(files));
        Model = new Transformer(read, architecture.ReadWeights(new TensorReader(weights, ScalarType.Float32), read));
        _golden = WeightSource.Open(Path.Combine(folder, "golden.safetensors"));
    }

    public Transformer Model { get; }

    /// <summary>(b, t) int64.</summary>
    public Tensor Clean => Tokens("clean_ids");

    /// <inheritdoc cref="Clean"/>
    public Tensor Corrupted => Tokens("corrupted_ids");

    /// <summary>A tensor of the reference; lives until this is disposed of.</summary>
    public Tensor this[string name] => tensor(Values(name), [.. _golden.Entries[name].Shape]);

    /// <summary>Its values in row-major order.</summary>
    public float[] Values(string name)
    {
        var values = new float[_golden.Entries[name].Elements];
        _golden.ReadFloat32(name, values);
        return values;
    }

    public void Dispose()
    {
        _golden.Dispose();
        Model.Dispose();
        _scope.Dispose();
    }

    private Tensor Tokens(string name)
    {
        var ids = new long[_golden.Entries[name].Elements];
        _golden.ReadInt64(name, ids);
        return tensor(ids, [.. _golden.Entries[name].Shape]);
    }
}
