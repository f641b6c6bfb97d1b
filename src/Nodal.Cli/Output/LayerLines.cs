using Nodal.Circuits;
using Spectre.Console;

namespace Nodal.Cli.Output;

/// <summary>A circuit in one line a layer: <c>a3: h1 (12/64) h7 (64/64)   m3: 120 hidden, 300 outputs</c>; layers without a kept node are left out.</summary>
internal static class LayerLines
{
    public static void Write(IAnsiConsole console, IEnumerable<LayerContents> layers, CircuitShape shape)
    {
        var grid = new Grid().AddColumn(new GridColumn().PadRight(3)).AddColumn(new GridColumn().NoWrap());
        foreach (var layer in layers)
        {
            grid.AddRow(new Text(Attention(layer, shape)), new Text(Mlp(layer)));
        }

        console.Write(grid);
    }

    private static string Attention(LayerContents layer, CircuitShape shape) => layer.Heads.IsEmpty
        ? ""
        : $"a{layer.Layer}: {string.Join(' ', layer.Heads.Select(head => $"h{head.Head} ({head.Neurons.Length}/{shape.HeadWidth})"))}";

    private static string Mlp(LayerContents layer) => layer.Hidden.IsEmpty
        ? ""
        : $"m{layer.Layer}: {Figures.Count(layer.Hidden.Length)} hidden, {Figures.Count(layer.Outputs.Length, "output")}";
}
