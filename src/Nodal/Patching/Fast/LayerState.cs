namespace Nodal.Patching.Fast;

/// <summary>What the backward pass needs of a layer's blocks; <see langword="null"/> where nothing of them was computed.</summary>
/// <param name="Attention">The attention block's.</param>
/// <param name="Mlp">The MLP block's.</param>
internal sealed record LayerState<T>(AttentionState<T>? Attention, MlpState<T>? Mlp)
    where T : unmanaged, IElement<T>;
