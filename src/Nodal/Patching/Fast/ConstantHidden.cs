namespace Nodal.Patching.Fast;

/// <summary>Hidden activations of an ablation with constants, which need not follow from any stream.</summary>
/// <param name="Layers">Of each layer and each class of positions, (h').</param>
internal sealed record ConstantHidden(float[][][] Layers)
{
    /// <summary>All 0.</summary>
    public static ConstantHidden Zero(EngineShape shape, int classes) =>
        new([.. Enumerable.Range(0, shape.Config.Layers).Select(_ => Enumerable.Range(0, classes).Select(_ => new float[shape.HiddenWidth]).ToArray())]);
}
