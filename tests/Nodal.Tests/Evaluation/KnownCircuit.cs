using System.Text.Json;
using Nodal.Evaluation;
using Nodal.Gates;

namespace Nodal.Tests.Evaluation;

/// <summary>What the compiled transformers of the shared data need under zero ablation: the published circuit, less nodes whose ablation alone was measured to change nothing.</summary>
internal static class KnownCircuit
{
    /// <summary>Of <c>reverse</c> or <c>xproportion</c>.</summary>
    public static GroundTruth Of(string model)
    {
        using var known = JsonDocument.Parse(File.ReadAllText(TestData.Shared("data", "known-circuits", $"tracr_{model}.json")));
        var listed = known.RootElement.GetProperty("nodes_zero_ablation").EnumerateArray().Select(node => node.GetString()!);
        var (intact, effects) = Measured(model);
        return new GroundTruth([.. listed.Where(node => effects[node] != intact).Select(Node.Parse)]);
    }

    /// <summary>What was measured of the whole model, and with each node alone ablated: accuracy of <c>reverse</c>, largest error of <c>xproportion</c>.</summary>
    public static (double Intact, IReadOnlyDictionary<string, double> Ablated) Measured(string model)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(TestData.Shared("data", "known-circuits", "measured_single_node_ablations.json")));
        var (title, nodes) = document.RootElement.EnumerateObject().Select(entry => (entry.Name, entry.Value)).Single(entry => entry.Name.StartsWith($"tracr-{model} ", StringComparison.Ordinal));
        return (title.Contains("accuracy", StringComparison.Ordinal) ? 1 : 0, nodes.EnumerateObject().ToDictionary(node => node.Name, node => node.Value.GetProperty("zero").GetDouble()));
    }
}
