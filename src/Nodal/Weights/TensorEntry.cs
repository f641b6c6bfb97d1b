using System.Collections.Immutable;

namespace Nodal.Weights;

/// <summary>What a file says of one tensor.</summary>
/// <param name="Name">Name in the file.</param>
/// <param name="Type">Storage type.</param>
/// <param name="Shape">Row-major, outermost dimension first (PyTorch order, also for GGUF, whose files store it reversed).</param>
public sealed record TensorEntry(string Name, TensorType Type, ImmutableArray<long> Shape)
{
    /// <summary>Number of elements; readers check the product against overflow before they make an entry.</summary>
    public long Elements => Shape.Aggregate(1L, (product, size) => checked(product * size));
}
