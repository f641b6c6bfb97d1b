namespace Nodal.Patching.Fast;

/// <summary>What the backward pass of an attention block needs of its forward pass.</summary>
/// <param name="Normed">(rows, d'): x̂.</param>
/// <param name="Reciprocals">(1, rows): r of the norm.</param>
/// <param name="Query">(query rows, queries): change of the projections from the ablated run's, without rotation.</param>
/// <param name="KeyValue">(rows, keys + values): the same.</param>
/// <param name="Difference">(query rows, columns): z − z^c of the open neurons.</param>
/// <param name="LogSums">(query rows, open heads): log Σ exp of the attention scores.</param>
internal sealed record AttentionState<T>(
    Matrix<T> Normed, Matrix<Float32Element> Reciprocals, Matrix<T> Query, Matrix<T> KeyValue, Matrix<T> Difference, Matrix<Float32Element> LogSums)
    where T : unmanaged, IElement<T>
{
    /// <summary>(query rows, z'): head results themselves, where they are wanted.</summary>
    public Matrix<Float32Element>? Results { get; init; }
}
