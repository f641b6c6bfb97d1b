using System.Text.Json;
using Nodal.Gates;
using Nodal.Models;
using Nodal.Runtime;

namespace Nodal.Circuits;

/// <summary>Writes and reads <c>circuit.json</c> (schema <c>nodal-circuit/1</c>, docs/circuit.md).</summary>
public static class CircuitFile
{
    /// <summary>Writes a circuit, whole or not at all.</summary>
    /// <exception cref="NodalException">The file cannot be written.</exception>
    public static void Write(string path, Circuit circuit)
    {
        var layout = circuit.Nodes.Layout;
        var account = new SizeAccount(layout);
        var parameters = (long)Math.Round(account.Parameters(circuit.Nodes.Gates()));
        var document = new CircuitDocument
        {
            Schema = CircuitDocument.CurrentSchema,
            Provenance = circuit.Provenance,
            Shape = CircuitShape.Of(layout.Config),
            Parameters = parameters,
            Size = (double)parameters / account.Total,
            Counts = circuit.Nodes.Counts(),
            Nodes = [.. circuit.Nodes.Nodes().Select(node => node.ToString())],
        };
        AtomicFile.WriteAllText(path, JsonSerializer.Serialize(document, NodalJson.Options));
    }

    /// <summary>Where a circuit came from, without the model it needs to be read whole.</summary>
    /// <exception cref="NodalException">The file cannot be read or is no circuit.</exception>
    public static Provenance ReadProvenance(string path) => ReadDocument(path).Provenance;

    /// <summary>Reads a circuit of a model, into a layout of the granularities it counts.</summary>
    /// <inheritdoc cref="Read(string, GateLayout)"/>
    /// <param name="path">The file.</param>
    /// <param name="config">The model's dimensions.</param>
    public static Circuit Read(string path, ModelConfig config)
    {
        var document = ReadDocument(path);
        return Read(path, document, new GateLayout(config, document.Counts.Keys));
    }

    /// <summary>Reads a circuit of a model.</summary>
    /// <param name="path">The file.</param>
    /// <param name="layout">The model's layout.</param>
    /// <exception cref="NodalException">The file cannot be read, is no circuit, belongs to another model, or its nodes are not closed.</exception>
    public static Circuit Read(string path, GateLayout layout) => Read(path, ReadDocument(path), layout);

    private static Circuit Read(string path, CircuitDocument document, GateLayout layout)
    {
        var expected = CircuitShape.Of(layout.Config);
        if (document.Shape != expected)
        {
            Throw.Input($"{path} belongs to another model", found: document.Shape.ToString(), expected: expected.ToString(), remedy: "Name the model the circuit was made for");
        }

        var open = new bool[layout.Count];
        foreach (var name in document.Nodes)
        {
            // JSON may hold a null where the type says there is none.
            open[layout.IndexOf(Node.Parse(name ?? "null"))] = true;
        }

        var nodes = NodeSet.Close(layout, open);
        var kept = nodes.Nodes().Count();
        if (kept != document.Nodes.Length)
        {
            Throw.Input(
                $"{path} is not a closed circuit", found: $"{document.Nodes.Length} nodes, {kept} of them with all ancestors and a child kept",
                expected: "each node once, with its ancestors, each parent with a child", remedy: "Correct the list of nodes");
        }

        return new Circuit(nodes, document.Provenance);
    }

    /// <summary>Reads a circuit as it stands in its file, without its model: for looking at, not for running.</summary>
    /// <exception cref="NodalException">The file cannot be read, is no circuit, or names a node its model cannot have.</exception>
    public static CircuitDocument ReadAlone(string path)
    {
        var document = ReadDocument(path);

        // JSON may hold a null where the type says there is none.
        foreach (var name in document.Nodes.Where(name => !document.Shape.Has(Node.Parse(name ?? "null"))))
        {
            Throw.Input($"{path} names a node its model does not have", found: $"'{name}'", expected: $"nodes of {document.Shape}", remedy: "Correct the list of nodes");
        }

        return document;
    }

    private static CircuitDocument ReadDocument(string path)
    {
        var document = NodalJson.Read<CircuitDocument>(path, "circuit");
        if (document.Schema != CircuitDocument.CurrentSchema)
        {
            Throw.Input(
                $"{path} is of another schema", found: $"'{document.Schema}'", expected: $"'{CircuitDocument.CurrentSchema}'",
                remedy: "Make the circuit again with nodal cut");
        }

        return document;
    }
}
