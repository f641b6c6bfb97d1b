namespace Nodal.Patching.Fast;

/// <summary>What the backward pass of an attention block needs of its forward pass.</summary>
/// <param name="Normed">(rows, d'): x̂.</param>
/// <param name="Reciprocals">(1, rows): r of the norm.</param>
/// <param name="Query">(query rows, queries): without bias and rotation.</param>
/// <param name="KeyValue">(rows, keys + values): without bias and rotation.</param>
/// <param name="Difference">(query rows, columns): z − z^c of the open neurons.</param>
/// <param name="LogSums">(query rows, open heads): log Σ exp of the attention scores.</param>
internal sealed record AttentionState<T>(
    Matrix<T> Normed, Matrix<Float32Element> Reciprocals, Matrix<T> Query, Matrix<T> KeyValue, Matrix<T> Difference, Matrix<Float32Element> LogSums)
    where T : unmanaged, IElement<T>;
