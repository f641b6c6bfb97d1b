using System.Text.Json.Nodes;
using Nodal.Circuits;
using Nodal.Cli.Output;
using Nodal.Gates;
using Spectre.Console;

namespace Nodal.EndToEnd.Output;

public sealed class CircuitTreeTests
{
    private const string Circuit = """
        {
          "schema": "nodal-circuit/1",
          "provenance": {
            "model": "small", "modelHash": "00", "task": "gp", "method": "ranking", "ablation": "Counterfactual", "seed": 1, "steps": 40, "chosen": "keep 0.25", "nodalVersion": "0.1.0"
          },
          "shape": { "layers": 3, "heads": 2, "headWidth": 4, "hiddenWidth": 6, "width": 8 },
          "parameters": 1234, "size": 0.25,
          "counts": { "AttentionBlock": 1, "Head": 2, "AttentionNeuron": 5, "MlpBlock": 1, "MlpHidden": 3, "MlpOutput": 2 },
          "nodes": [
            "a0", "a0.h0", "a0.h1", "a0.h0.d0", "a0.h0.d1", "a0.h0.d2", "a0.h0.d3", "a0.h1.d2",
            "m2", "m2.n0", "m2.n1", "m2.n5", "m2.o3", "m2.o7"
          ]
        }
        """;

    [Fact]
    public void Blocks_are_the_shortest_tree() => Show("blocks").ShouldEndWith("""
        size 0.250, 1,234 parameters
        ├── a0   2 of 2 heads
        └── m2   3 of 6 hidden neurons, 2 of 8 outputs

        """);

    [Fact]
    public void Heads_are_shown_by_default() => Show().ShouldEndWith("""
        method ranking, 40 steps, seed 1   chosen by keep 0.25   Nodal 0.1.0
        attention blocks 1   heads 2   attention neurons 5   MLP blocks 1   MLP hidden 3   MLP outputs 2

        size 0.250, 1,234 parameters
        ├── a0   2 of 2 heads
        │   ├── a0.h0   4 of 4 dimensions
        │   └── a0.h1   1 of 4 dimensions
        └── m2   3 of 6 hidden neurons, 2 of 8 outputs

        """);

    [Fact]
    public void Neurons_are_shown_as_runs() => Show("neurons").ShouldEndWith("""
        size 0.250, 1,234 parameters
        ├── a0   2 of 2 heads
        │   ├── a0.h0   4 of 4 dimensions
        │   │   └── d0-3
        │   └── a0.h1   1 of 4 dimensions
        │       └── d2
        └── m2   3 of 6 hidden neurons, 2 of 8 outputs
            ├── 3 of 6 hidden neurons
            │   └── n0-1 n5
            └── 2 of 8 outputs
                └── o3 o7

        """);

    [Fact]
    public void A_parent_without_kept_children_is_drawn_without_them() =>
        Run(Circuit.Replace(", \"m2.o3\", \"m2.o7\"", "", StringComparison.Ordinal), "--depth", "neurons").Successful().Output.ShouldEndWith("""
            └── m2   3 of 6 hidden neurons, 0 of 8 outputs
                ├── 3 of 6 hidden neurons
                │   └── n0-1 n5
                └── 0 of 8 outputs

            """);

    [Fact]
    public void The_json_outline_goes_as_deep_as_asked()
    {
        var heads = Json("heads");
        var neurons = Json("neurons");

        heads["tree"]!.AsArray().Select(block => block!["node"]!.GetValue<string>()).ShouldBe(["a0", "m2"]);
        heads["tree"]![0]!["children"]![1]!["kept"]!["dimensions"]!.GetValue<int>().ShouldBe(1);
        neurons["tree"]![0]!["children"]![1]!["children"]![0]!["node"]!.GetValue<string>().ShouldBe("a0.h1.d2");
        neurons["tree"]![1]!["children"]!.AsArray().Count.ShouldBe(5);
        Json("blocks")["tree"]![0]!["children"]!.AsArray().ShouldBeEmpty();
        heads["nodes"]!["MlpHidden"]!.GetValue<int>().ShouldBe(3);
        heads["provenance"]!["task"]!.GetValue<string>().ShouldBe("gp");
    }

    [Fact]
    public void A_node_that_the_shape_does_not_have_is_refused() =>
        Run(Circuit.Replace("m2.o7", "m2.o8", StringComparison.Ordinal)).ShouldFail(1, "names a node its model does not have: found 'm2.o8'");

    [Fact]
    public void A_name_that_is_none_is_refused() =>
        Run(Circuit.Replace("m2.o7", "m2.x7", StringComparison.Ordinal)).ShouldFail(1, "found 'm2.x7'; expected a3, a3.h7");

    [Fact]
    public void A_null_among_the_names_is_refused() => Run(Circuit.Replace("\"m2.o7\"", "null", StringComparison.Ordinal)).ShouldFail(1, "found 'null'; expected a3, a3.h7");

    [Fact]
    public void A_circuit_without_its_provenance_is_refused() =>
        Run(Circuit.Replace("\"provenance\"", "\"origin\"", StringComparison.Ordinal)).ShouldFail(1, "is no circuit");

    [Fact]
    public void A_null_in_place_of_the_shape_is_refused() =>
        Run(Circuit.Replace("\"shape\"", "\"shape\": null, \"old\"", StringComparison.Ordinal)).ShouldFail(1, "is no circuit: found ");

    [Fact]
    public void An_empty_circuit_is_an_empty_tree() =>
        ConsoleText.Of(console => console.Write(new CircuitTree(new CircuitShape(1, 1, 1, 1, 1), TreeDepth.Heads).Draw("nothing", LayerContents.Of([])))).ShouldBe("nothing\n");

    [Fact]
    public void Layer_lines_leave_out_what_is_not_kept()
    {
        var nodes = new[] { "a0.h1.d0", "a0.h1.d2", "m0.n1", "m0.o0", "m0.o1", "m2.n4", "m2.o3", "a11.h0.d3" }.Select(Node.Parse);

        ConsoleText.Of(console => LayerLines.Write(console, LayerContents.Of(nodes), new CircuitShape(12, 2, 4, 6, 8))).ShouldBe("""
            a0: h1 (2/4)    m0: 1 hidden, 2 outputs
                            m2: 1 hidden, 1 output
            a11: h0 (1/4)

            """);
    }

    private static string Show(string? depth = null) => Run(Circuit, depth is null ? [] : ["--depth", depth]).Successful().Output;

    private static JsonNode Json(string depth) => Run(Circuit, "--depth", depth, "--json").Successful().Json;

    private static ToolOutput Run(string circuit, params string[] options)
    {
        using var folder = new TemporaryFolder();
        return NodalTool.Run(["show", folder.Write("circuit.json", circuit), .. options]);
    }
}
