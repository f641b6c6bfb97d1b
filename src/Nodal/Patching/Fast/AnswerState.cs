namespace Nodal.Patching.Fast;

/// <summary>What the backward pass of the final norm needs.</summary>
/// <param name="Normed">(pairs, d'): x̂.</param>
/// <param name="Reciprocals">(1, pairs): r.</param>
internal sealed record AnswerState(Matrix<Float32Element> Normed, Matrix<Float32Element> Reciprocals);
