namespace Nodal.Patching.Fast;

/// <summary>What the backward pass of an MLP block needs of its forward pass.</summary>
/// <param name="Normed">(rows, d'): x̂.</param>
/// <param name="Reciprocals">(1, rows): r of the norm.</param>
/// <param name="Inputs">(rows, 2 columns) or (rows, columns): change of the projections, gate then up; then the projections themselves.</param>
/// <param name="Difference">(rows, columns): h − h^c of the open hidden neurons.</param>
/// <param name="Written">(rows, output columns): W_down [ g ⊙ (h − h^c) ] at the open outputs.</param>
internal sealed record MlpState<T>(Matrix<T> Normed, Matrix<Float32Element> Reciprocals, Matrix<T> Inputs, Matrix<T> Difference, Matrix<T> Written)
    where T : unmanaged, IElement<T>;
