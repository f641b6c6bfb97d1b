using System.Text.Json;
using System.Text.Json.Nodes;
using Nodal.Circuits;
using Nodal.Gates;
using Nodal.Runtime;
using Nodal.Tests.Gates;

namespace Nodal.Tests.Circuits;

public sealed class CircuitFileTests : IDisposable
{
    private static readonly GateLayout Layout = RandomGates.Layout("llama-gqa");
    private static readonly string[] Names = ["a0", "a0.h1", "a0.h1.d0", "a0.h1.d2", "m1", "m1.n3", "m1.o4", "m1.o5"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nodal-test-");

    private string FilePath => Path.Combine(_folder.FullName, "circuit.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_circuit_is_read_as_it_was_written()
    {
        Write();
        var read = CircuitFile.Read(FilePath, Layout);
        read.Nodes.Nodes().Select(node => node.ToString()).ShouldBe(Names, ignoreOrder: true);
        read.Provenance.ShouldBe(Provenance());
        CircuitFile.ReadProvenance(FilePath).ShouldBe(Provenance());
    }

    [Fact]
    public void Gates_of_layers_and_of_the_embedding_are_read_into_a_layout_that_has_them()
    {
        var layout = RandomGates.WholeLayout("llama-gqa");
        var open = new bool[layout.Count];
        string[] names = [.. Names, "l0", "l1", "embed"];
        foreach (var name in names)
        {
            open[layout.IndexOf(Node.Parse(name))] = true;
        }

        CircuitFile.Write(FilePath, new Circuit(NodeSet.Close(layout, open), Provenance()));
        var read = CircuitFile.Read(FilePath, layout.Config).Nodes;

        read.Nodes().Select(node => node.ToString()).ShouldBe(names, ignoreOrder: true);
        read.Layout.Granularities.ShouldBe(Enum.GetValues<Granularity>());
        Json()["counts"]!["Layer"]!.GetValue<int>().ShouldBe(2);
        CircuitFile.ReadAlone(FilePath).Nodes.Length.ShouldBe(names.Length);
        Should.Throw<NodalException>(() => CircuitFile.Read(FilePath, Layout)).Message.ShouldContain("of a granularity that is off here: found 'l0'");
    }

    [Fact]
    public void A_file_that_counts_no_optional_granularity_has_a_layout_without()
    {
        Write();
        CircuitFile.Read(FilePath, Layout.Config).Nodes.Layout.Granularities.ShouldBe(GateLayout.All);
    }

    [Fact]
    public void The_file_says_size_counts_and_names()
    {
        Write();
        var document = Json();
        var parameters = (2 * 4 * 12) + (2 * 12) + (2 * 12) + (2 * 12) + 2;
        document["schema"]!.GetValue<string>().ShouldBe("nodal-circuit/1");
        document["parameters"]!.GetValue<long>().ShouldBe(parameters);
        document["size"]!.GetValue<double>().ShouldBe((double)parameters / new SizeAccount(Layout).Total, 1e-15);
        document["counts"]!["AttentionNeuron"]!.GetValue<int>().ShouldBe(2);
        document["counts"]!["MlpOutput"]!.GetValue<int>().ShouldBe(2);
        document["nodes"]!.AsArray().Select(node => node!.GetValue<string>()).ShouldBe(Names, ignoreOrder: true);
        document["shape"]!["hiddenWidth"]!.GetValue<int>().ShouldBe(10);
    }

    [Fact]
    public void Another_schema_is_refused() =>
        Fault(document => document["schema"] = "nodal-circuit/9").ShouldContain("is of another schema: found 'nodal-circuit/9'; expected 'nodal-circuit/1'");

    [Fact]
    public void A_node_the_model_lacks_is_refused() =>
        Fault(document => document["nodes"]!.AsArray().Add("a7")).ShouldContain("the model has no such node: found 'a7'");

    [Fact]
    public void A_name_that_is_none_is_refused() =>
        Fault(document => document["nodes"]!.AsArray().Add("layer 7")).ShouldContain("a node has no valid name: found 'layer 7'");

    [Theory]
    [InlineData("a1", "9 nodes, 8 of them with all ancestors and a child kept")]
    [InlineData("a1.h0.d3", "9 nodes, 8 of them")]
    [InlineData("a0.h1", "9 nodes, 8 of them")]
    public void Nodes_that_are_not_closed_or_stand_twice_are_refused(string extra, string found) =>
        Fault(document => document["nodes"]!.AsArray().Add(extra)).ShouldContain($"is not a closed circuit: found {found}");

    [Fact]
    public void A_circuit_of_another_model_is_refused() =>
        Fault(document => document["shape"]!["hiddenWidth"] = 11).ShouldContain("belongs to another model: found CircuitShape { Layers = 2");

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("not json")]
    public void A_file_that_is_no_circuit_is_refused(string content)
    {
        File.WriteAllText(FilePath, content);
        Should.Throw<NodalException>(() => CircuitFile.Read(FilePath, Layout)).Message.ShouldStartWith($"{FilePath} is no circuit: found");
        Should.Throw<NodalException>(() => CircuitFile.ReadProvenance(FilePath)).Message.ShouldStartWith($"{FilePath} is no circuit: found");
    }

    [Theory]
    [InlineData("schema")]
    [InlineData("provenance")]
    [InlineData("shape")]
    [InlineData("nodes")]
    public void A_field_that_is_null_or_absent_is_refused(string field)
    {
        Fault(document => document[field] = null).ShouldStartWith($"{FilePath} is no circuit: found");
        Fault(document => document.Remove(field)).ShouldStartWith($"{FilePath} is no circuit: found");
    }

    [Fact]
    public void A_null_among_the_names_is_refused() =>
        Fault(document => document["nodes"]!.AsArray().Add(null)).ShouldContain("a node has no valid name: found 'null'");

    [Fact]
    public void A_missing_file_is_refused() =>
        Should.Throw<NodalException>(() => CircuitFile.Read(FilePath, Layout)).Message.ShouldStartWith($"{FilePath} cannot be read: found");

    private static Provenance Provenance() => new()
    {
        Model = "stories260K", ModelHash = "00ff", Task = "gp", Method = "ranking", Ablation = "Counterfactual",
        Seed = 7, Steps = 400, Chosen = "keep 0.1", NodalVersion = "0.1.0",
    };

    private void Write()
    {
        var open = new bool[Layout.Count];
        foreach (var name in Names)
        {
            open[Layout.IndexOf(Node.Parse(name))] = true;
        }

        CircuitFile.Write(FilePath, new Circuit(NodeSet.Close(Layout, open), Provenance()));
    }

    private JsonObject Json() => JsonNode.Parse(File.ReadAllText(FilePath))!.AsObject();

    /// <summary>What reading says of a written file after a change.</summary>
    private string Fault(Action<JsonObject> change)
    {
        Write();
        var document = Json();
        change(document);
        File.WriteAllText(FilePath, document.ToJsonString(JsonSerializerOptions.Default));
        return Should.Throw<NodalException>(() => CircuitFile.Read(FilePath, Layout)).Message;
    }
}
