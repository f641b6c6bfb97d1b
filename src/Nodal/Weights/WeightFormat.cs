namespace Nodal.Weights;

/// <summary>What kind of model file a file is.</summary>
internal enum WeightFormat
{
    Unknown,
    Safetensors,
    SafetensorsIndex,
    Gguf,
    Pickle,
}
