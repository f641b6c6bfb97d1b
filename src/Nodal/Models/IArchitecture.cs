namespace Nodal.Models;

/// <summary>One family in one file layout: reads the configuration and maps the weight names.</summary>
internal interface IArchitecture
{
    /// <summary>What people and error messages call it: <c>llama (GGUF)</c>.</summary>
    string Name { get; }

    bool Matches(ModelFiles files);

    ModelConfig ReadConfig(ModelFiles files);

    TransformerWeights ReadWeights(TensorReader reader, ModelConfig config);
}
