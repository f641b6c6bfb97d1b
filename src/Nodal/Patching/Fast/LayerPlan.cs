namespace Nodal.Patching.Fast;

/// <summary>The open blocks of a layer.</summary>
/// <param name="Attention"><see langword="null"/> where the block is closed.</param>
/// <param name="Mlp"><see langword="null"/> where the block is closed.</param>
internal sealed record LayerPlan<T>(AttentionPlan<T>? Attention, MlpPlan<T>? Mlp)
    where T : unmanaged, IElement<T>;
