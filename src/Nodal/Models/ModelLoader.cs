using System.Text.Json;
using Nodal.Runtime;
using Nodal.Tokenization;
using Nodal.Weights;
using static TorchSharp.torch;

namespace Nodal.Models;

/// <summary>Loads a model and its tokenizer from an id or a path.</summary>
public static class ModelLoader
{
    private static readonly IArchitecture[] Architectures = [new LlamaArchitecture(), new LlamaGgufArchitecture(), new Gpt2Architecture(), new TransformerLensArchitecture()];

    /// <summary>Loads a model in float32.</summary>
    /// <param name="reference">The id of an <see cref="EmbeddedModel"/>, the path of a GGUF file or of a folder or file in Hugging Face's layout, or an id in the local hub cache.</param>
    /// <exception cref="NodalException">The files are missing, damaged, or of an architecture Nodal does not know.</exception>
    public static LoadedModel Load(string reference) => Load(reference, ScalarType.Float32);

    /// <summary>The dimensions of a model, without its weights.</summary>
    /// <inheritdoc cref="Load(string)"/>
    internal static ModelConfig ReadConfig(string reference)
    {
        var path = ModelLocation.Find(reference);
        using var files = Open(path);
        return Checked(Recognise(files).ReadConfig(files), path);
    }

    internal static LoadedModel Load(string reference, ScalarType precision)
    {
        var path = ModelLocation.Find(reference);
        using var files = Open(path);
        var architecture = Recognise(files);
        var config = Checked(architecture.ReadConfig(files), path);
        return new LoadedModel
        {
            Reference = reference,
            Path = path,
            Format = architecture.Name,
            Tokenizer = ReadTokenizer(files),
            Hash = FileHash.Sha256(files.Weights.Files),
            Transformer = new Transformer(config, architecture.ReadWeights(new TensorReader(files.Weights, precision), config)),
        };
    }

    private static ModelFiles Open(string path)
    {
        var weights = WeightSource.Open(path);
        var folder = Path.GetDirectoryName(weights.Files[0])!;
        var config = Path.Combine(folder, "config.json");
        if (IsGguf(weights))
        {
            return new ModelFiles(folder, weights, null);
        }

        if (!File.Exists(config))
        {
            weights.Dispose();
            Throw.Input(
                "the model has no configuration", found: "no config.json beside the weights", expected: "Hugging Face's config.json",
                remedy: "Download it into the same folder");
        }

        return new ModelFiles(folder, weights, NodalJson.Read<JsonDocument>(config, "model configuration").RootElement);
    }

    private static bool IsGguf(IWeightSource weights) => weights is GgufFile;

    private static IArchitecture Recognise(ModelFiles files)
    {
        if (Architectures.FirstOrDefault(architecture => architecture.Matches(files)) is { } known)
        {
            return known;
        }

        var found = files.Config is { } config ? config.Text("model_type", "no model_type") : $"{files.Weights.Metadata.GetValueOrDefault("general.architecture", "none")} (GGUF)";
        Throw.Input(
            "the model is of an architecture Nodal does not know", found: $"'{found}'",
            expected: string.Join(", ", Architectures.Select(architecture => architecture.Name)), remedy: "Use a model of one of these");
        return null;
    }

    private static ModelConfig Checked(ModelConfig config, string path)
    {
        if (config.Heads % config.KeyValueHeads != 0 || (config.Rotary is not null && config.HeadWidth % 2 != 0)
            || (config.Architecture == "gpt2" && config.AttentionWidth != config.Width))
        {
            Throw.Input(
                $"the configuration of {path} contradicts itself",
                found: $"{config.Heads} heads over {config.KeyValueHeads} key/value heads of {config.HeadWidth} dimensions, width {config.Width}",
                expected: "a whole number of heads for each key/value head, an even head width for rotary positions, and in GPT-2 a width that the heads share evenly",
                remedy: "Take the configuration that belongs to the weights");
        }

        return config;
    }

    private static ITokenizer? ReadTokenizer(ModelFiles files)
    {
        if (files.Config is null)
        {
            return GgufTokenizer.From(files.Weights.Metadata);
        }

        if (files.Config.Value.Find("vocab") is { ValueKind: JsonValueKind.Array } words)
        {
            return WordListTokenizer.From(words, files.Config.Value.Text("bos", ""));
        }

        return TokenizerFile.Exists(files.Path) ? TokenizerFile.Load(files.Path) : null;
    }
}
