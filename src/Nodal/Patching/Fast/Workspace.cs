using Nodal.Models;

namespace Nodal.Patching.Fast;

/// <summary>The memory and the small kernels of one worker, kept from step to step.</summary>
internal sealed class Workspace<T>(EngineShape shape, Rotation rotation) : IDisposable
    where T : unmanaged, IElement<T>
{
    public EngineShape Shape => shape;

    public ModelConfig Config => shape.Config;

    /// <summary>Matrices of products.</summary>
    public Arena<T> Elements { get; } = new();

    /// <summary>The stream, its gradient, and what else must be float32.</summary>
    public Arena<Float32Element> Floats { get; } = new();

    public AttentionKernel<T> Attention { get; } = new(shape, rotation);

    public NormKernel Norm { get; } = new(shape.Config);

    public void Dispose()
    {
        Elements.Dispose();
        Floats.Dispose();
        Attention.Dispose();
    }
}
