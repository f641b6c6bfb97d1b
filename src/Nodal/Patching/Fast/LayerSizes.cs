namespace Nodal.Patching.Fast;

/// <summary>Columns of the matrices a layer's open part makes.</summary>
/// <param name="Queries">Of queries; 0, as the next two, where the attention block is closed.</param>
/// <param name="KeyValues">Of keys and values.</param>
/// <param name="Neurons">Of head results.</param>
/// <param name="Inputs">Of projections into the hidden neurons; 0, as the next two, where the MLP block is closed.</param>
/// <param name="Hidden">Of hidden neurons.</param>
/// <param name="Outputs">Of outputs.</param>
internal readonly record struct LayerSizes(int Queries, int KeyValues, int Neurons, int Inputs, int Hidden, int Outputs)
{
    /// <summary>Of a whole layer.</summary>
    public static LayerSizes Whole(EngineShape shape) => new(
        Lanes.PadShape(shape.Config.Heads * shape.HeadWidth), Lanes.PadShape(2 * shape.KeyWidth), Lanes.PadShape(shape.Config.AttentionWidth),
        shape.InputMaps * shape.HiddenWidth, shape.HiddenWidth, shape.Width);

    /// <summary>Of what is open.</summary>
    public static LayerSizes Of<T>(LayerPlan<T> plan)
        where T : unmanaged, IElement<T> => new(
        plan.Attention?.Query.Rows ?? 0, plan.Attention?.KeyValue.Rows ?? 0, plan.Attention?.Columns ?? 0,
        plan.Mlp?.Inputs.Rows ?? 0, plan.Mlp?.Columns ?? 0, plan.Mlp?.OutputColumns ?? 0);
}
