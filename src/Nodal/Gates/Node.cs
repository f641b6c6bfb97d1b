using System.Globalization;
using System.Text.RegularExpressions;
using Nodal.Runtime;

namespace Nodal.Gates;

/// <summary>One node by what it is; written as papers do (<c>a3.h7.d12</c>).</summary>
/// <param name="Granularity">Its kind.</param>
/// <param name="Layer">0-based; 0 of the embedding.</param>
/// <param name="Head">Head of a head or attention neuron, else 0.</param>
/// <param name="Index">Neuron or output dimension, else 0; for attention neurons within their head.</param>
public readonly partial record struct Node(Granularity Granularity, int Layer, int Head = 0, int Index = 0)
{
    private const string EmbeddingName = "embed";

    /// <inheritdoc/>
    public override string ToString() => Granularity switch
    {
        Granularity.AttentionBlock => string.Create(CultureInfo.InvariantCulture, $"a{Layer}"),
        Granularity.Head => string.Create(CultureInfo.InvariantCulture, $"a{Layer}.h{Head}"),
        Granularity.AttentionNeuron => string.Create(CultureInfo.InvariantCulture, $"a{Layer}.h{Head}.d{Index}"),
        Granularity.MlpBlock => string.Create(CultureInfo.InvariantCulture, $"m{Layer}"),
        Granularity.MlpHidden => string.Create(CultureInfo.InvariantCulture, $"m{Layer}.n{Index}"),
        Granularity.MlpOutput => string.Create(CultureInfo.InvariantCulture, $"m{Layer}.o{Index}"),
        Granularity.Layer => string.Create(CultureInfo.InvariantCulture, $"l{Layer}"),
        _ => EmbeddingName,
    };

    /// <summary>Reads a node's name.</summary>
    /// <exception cref="NodalException">The text is no node name.</exception>
    public static Node Parse(string name)
    {
        if (name == EmbeddingName)
        {
            return new Node(Granularity.Embedding, 0);
        }

        var match = Pattern().Match(name);
        if (!match.Success)
        {
            Throw.Input(
                "a node has no valid name", found: $"'{name}'", expected: "a3, a3.h7, a3.h7.d12, m3, m3.n512, m3.o17, l3 or embed",
                remedy: "Correct the name");
        }

        int Part(string group) => match.Groups[group] is { Success: true } part ? int.Parse(part.ValueSpan, CultureInfo.InvariantCulture) : -1;
        if (Part("layer") is >= 0 and var whole)
        {
            return new Node(Granularity.Layer, whole);
        }

        var (attention, head, dimension) = (Part("attention"), Part("head"), Part("dimension"));
        if (attention >= 0)
        {
            return dimension >= 0 ? new Node(Granularity.AttentionNeuron, attention, head, dimension)
                : head >= 0 ? new Node(Granularity.Head, attention, head)
                : new Node(Granularity.AttentionBlock, attention);
        }

        var (layer, hidden, output) = (Part("mlp"), Part("hidden"), Part("output"));
        return hidden >= 0 ? new Node(Granularity.MlpHidden, layer, Index: hidden)
            : output >= 0 ? new Node(Granularity.MlpOutput, layer, Index: output)
            : new Node(Granularity.MlpBlock, layer);
    }

    [GeneratedRegex(@"^(?:a(?<attention>[0-9]{1,6})(?:\.h(?<head>[0-9]{1,6})(?:\.d(?<dimension>[0-9]{1,6}))?)?|m(?<mlp>[0-9]{1,6})(?:\.n(?<hidden>[0-9]{1,6})|\.o(?<output>[0-9]{1,6}))?|l(?<layer>[0-9]{1,6}))\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
