using System.Collections.Immutable;
using Nodal.Circuits;
using Spectre.Console;

namespace Nodal.Cli.Output;

/// <summary>Draws a circuit as a tree of blocks, heads and neurons.</summary>
internal sealed class CircuitTree(CircuitShape shape, TreeDepth depth)
{
    public Tree Draw(string title, IEnumerable<LayerContents> layers)
    {
        var tree = new Tree(new Text(title));
        foreach (var layer in layers)
        {
            AddAttention(tree, layer);
            AddMlp(tree, layer);
        }

        return tree;
    }

    private void AddAttention(Tree tree, LayerContents layer)
    {
        if (layer.Heads.IsEmpty)
        {
            return;
        }

        var block = tree.AddNode(new Text($"a{layer.Layer}   {layer.Heads.Length} of {shape.Heads} heads"));
        foreach (var head in depth == TreeDepth.Blocks ? [] : layer.Heads)
        {
            var node = block.AddNode(new Text($"a{layer.Layer}.h{head.Head}   {head.Neurons.Length} of {shape.HeadWidth} dimensions"));
            AddLeaves(node, "d", head.Neurons);
        }
    }

    private void AddMlp(Tree tree, LayerContents layer)
    {
        if (layer.Hidden.IsEmpty)
        {
            return;
        }

        var (hidden, outputs) = ($"{layer.Hidden.Length} of {shape.HiddenWidth} hidden neurons", $"{layer.Outputs.Length} of {shape.Width} outputs");
        var block = tree.AddNode(new Text($"m{layer.Layer}   {hidden}, {outputs}"));
        if (depth == TreeDepth.Neurons)
        {
            AddLeaves(block.AddNode(new Text(hidden)), "n", layer.Hidden);
            AddLeaves(block.AddNode(new Text(outputs)), "o", layer.Outputs);
        }
    }

    private void AddLeaves(TreeNode parent, string letter, ImmutableArray<int> indices)
    {
        if (depth == TreeDepth.Neurons && !indices.IsEmpty)
        {
            parent.AddNode(new Text(string.Join(' ', Runs(indices).Select(run => run.First == run.Last ? $"{letter}{run.First}" : $"{letter}{run.First}-{run.Last}"))));
        }
    }

    /// <summary>Neighbouring indices as one run: 0 1 2 5 is 0-2, 5.</summary>
    private static IEnumerable<(int First, int Last)> Runs(ImmutableArray<int> indices)
    {
        var first = 0;
        for (var i = 0; i < indices.Length; i++)
        {
            if (i + 1 == indices.Length || indices[i + 1] != indices[i] + 1)
            {
                yield return (indices[first], indices[i]);
                first = i + 1;
            }
        }
    }
}
