using System.Collections.Immutable;
using Nodal.Circuits;
using Nodal.Gates;

namespace Nodal.Cli.Output;

/// <summary>A circuit as <c>nodal show --json</c> prints it: everything of its file, the nodes as a tree.</summary>
/// <param name="Circuit">The file.</param>
/// <param name="Provenance">Where it came from.</param>
/// <param name="Shape">Dimensions of its model.</param>
/// <param name="Parameters">Parameters of the really shrunk blocks.</param>
/// <param name="Size">The same as a fraction of all block parameters.</param>
/// <param name="Nodes">Kept nodes of each granularity.</param>
/// <param name="Tree">Kept blocks; children as deep as was asked for.</param>
internal sealed record CircuitOutline(
    string Circuit, Provenance Provenance, CircuitShape Shape, long Parameters, double Size,
    ImmutableSortedDictionary<Granularity, int> Nodes, ImmutableArray<OutlineNode> Tree)
{
    public static CircuitOutline Of(string path, CircuitDocument document, IEnumerable<LayerContents> layers, TreeDepth depth) => new(
        path, document.Provenance, document.Shape, document.Parameters, document.Size, document.Counts,
        [.. layers.SelectMany(layer => Blocks(layer, depth))]);

    private static IEnumerable<OutlineNode> Blocks(LayerContents layer, TreeDepth depth)
    {
        if (!layer.Heads.IsEmpty)
        {
            var name = $"a{layer.Layer}";
            yield return new OutlineNode(
                name, new Dictionary<string, int> { ["heads"] = layer.Heads.Length }, depth == TreeDepth.Blocks ? [] : [.. layer.Heads.Select(head => Head(name, head, depth))]);
        }

        if (!layer.Hidden.IsEmpty)
        {
            var name = $"m{layer.Layer}";
            yield return new OutlineNode(
                name, new Dictionary<string, int> { ["hidden"] = layer.Hidden.Length, ["outputs"] = layer.Outputs.Length },
                depth == TreeDepth.Neurons ? [.. Leaves(name, "n", layer.Hidden), .. Leaves(name, "o", layer.Outputs)] : []);
        }
    }

    private static OutlineNode Head(string block, HeadContents head, TreeDepth depth)
    {
        var name = $"{block}.h{head.Head}";
        return new OutlineNode(
            name, new Dictionary<string, int> { ["dimensions"] = head.Neurons.Length }, depth == TreeDepth.Neurons ? [.. Leaves(name, "d", head.Neurons)] : []);
    }

    private static IEnumerable<OutlineNode> Leaves(string parent, string letter, ImmutableArray<int> indices) =>
        indices.Select(index => new OutlineNode($"{parent}.{letter}{index}", null, null));
}
