namespace Nodal.Benchmarks;

/// <summary>Dimensions a step's cost may depend on.</summary>
/// <param name="Layers">Layers of the model.</param>
/// <param name="Width">Residual width.</param>
/// <param name="Tokens">Of each prompt.</param>
/// <param name="Batch">Pairs of a step.</param>
/// <param name="Pairs">Training pairs prepared, at least a batch.</param>
internal sealed record StepShape(int Layers, int Width, int Tokens, int Batch, int Pairs);
