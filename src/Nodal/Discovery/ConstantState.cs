namespace Nodal.Discovery;

/// <summary>What the training of constants goes on from.</summary>
/// <param name="Values">(constants): the current ones.</param>
/// <param name="FirstMoment">(constants): Adam's mean of gradients.</param>
/// <param name="SecondMoment">(constants): Adam's mean of squared gradients.</param>
internal sealed record ConstantState(double[] Values, double[] FirstMoment, double[] SecondMoment);
