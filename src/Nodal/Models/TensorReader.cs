using Nodal.Runtime;
using Nodal.Weights;
using static TorchSharp.torch;

namespace Nodal.Models;

/// <summary>Reads named tensors of a file into frozen libtorch tensors, shapes checked against the configuration.</summary>
internal sealed class TensorReader(IWeightSource source, ScalarType precision)
{
    /// <summary>Element type of what is read.</summary>
    public ScalarType Precision => precision;

    public bool Has(string name) => source.Entries.ContainsKey(name);

    /// <summary>A linear map stored (out, in), with its bias when the configuration has one.</summary>
    public LinearMap Linear(string prefix, int outputs, int inputs, bool bias) =>
        new(Read($"{prefix}.weight", outputs, inputs), bias ? Read($"{prefix}.bias", outputs) : null);

    /// <summary>A norm's scale, with its shift for LayerNorm.</summary>
    public NormWeights Norm(string prefix, ModelConfig config) =>
        new(Read($"{prefix}.weight", config.Width), config.Norm == NormKind.LayerNorm ? Read($"{prefix}.bias", config.Width) : null);

    /// <summary>One tensor of exactly this shape.</summary>
    public Tensor Read(string name, params long[] shape)
    {
        if (!source.Entries.TryGetValue(name, out var entry))
        {
            Throw.Input(
                $"the model file lacks the tensor '{name}'", found: $"{source.Entries.Count} tensors, none of that name",
                expected: $"a tensor of shape [{string.Join(", ", shape)}]",
                remedy: "Check that the file is complete and belongs to its config.json");
        }

        if (!entry.Shape.AsSpan().SequenceEqual(shape))
        {
            Throw.Input(
                $"the tensor '{name}' does not fit the model's configuration", found: $"shape [{string.Join(", ", entry.Shape)}]",
                expected: $"[{string.Join(", ", shape)}]", remedy: "Check that the weights and config.json belong together");
        }

        var values = new float[entry.Elements];
        source.ReadFloat32(name, values);
        using var scope = NewDisposeScope();

        // A tensor made from an array stays in the array, whose alignment, and with it the last bits of a product, differs from run to run; its clone does not.
        return tensor(values, shape).to(precision).clone().DetachFromDisposeScope();
    }
}
