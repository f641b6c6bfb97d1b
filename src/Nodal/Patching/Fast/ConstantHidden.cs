namespace Nodal.Patching.Fast;

/// <summary>Hidden activations of an ablation with constants, which need not follow from any stream.</summary>
/// <param name="Layers">Of each layer, (h').</param>
internal sealed record ConstantHidden(float[][] Layers)
{
    /// <summary>All 0.</summary>
    public static ConstantHidden Zero(EngineShape shape) => new([.. Enumerable.Repeat(new float[shape.HiddenWidth], shape.Config.Layers)]);
}
