using Nodal.Models;
using Nodal.Patching;
using static TorchSharp.torch;

namespace Nodal.Tests.Patching;

internal static class Ablations
{
    public static IAblation Make(AblationKind kind, Transformer model, Tensor corrupted, MeanPositions positions = MeanPositions.All) => kind switch
    {
        AblationKind.Counterfactual => new CounterfactualAblation(model),
        AblationKind.Mean => ConstantAblation.Mean(model, ActivationMeans.Over(model, positions, [(corrupted, (int)corrupted.shape[1] - 1)])),
        AblationKind.Learned => ConstantAblation.Learned(model, ActivationMeans.Over(model, positions, [(corrupted, (int)corrupted.shape[1] - 1)])),
        _ => ConstantAblation.Zero(model),
    };
}
