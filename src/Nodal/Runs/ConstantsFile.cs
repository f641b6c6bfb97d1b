using Nodal.Models;
using Nodal.Patching;
using Nodal.Runtime;
using Nodal.Weights;

namespace Nodal.Runs;

/// <summary><c>constants.safetensors</c>: what closed nodes output after a training with the learned ablation (docs/ablations.md).</summary>
/// <remarks>Float64: <c>heads</c> (layers, classes, z), <c>hidden</c> (layers, classes, h), <c>embedding</c> (classes, d); which positions share a constant stands in the metadata.</remarks>
internal static class ConstantsFile
{
    private const string Schema = "nodal-constants/1";

    /// <summary>Writes constants, whole or not at all.</summary>
    public static void Write(string path, NodeConstants constants)
    {
        var (layout, config) = (constants.Layout, constants.Layout.Config);
        double[] All(Func<int, Range> span) => [.. Enumerable.Range(0, config.Layers).SelectMany(layer => constants.Values[span(layer)])];
        var writer = new SafetensorsWriter();
        writer.AddMetadata("schema", Schema);
        writer.AddMetadata("positions", layout.Positions.ToString());
        writer.Add("heads", All(layout.Heads), [config.Layers, layout.Classes, config.AttentionWidth]);
        writer.Add("hidden", All(layout.Hidden), [config.Layers, layout.Classes, config.HiddenWidth]);
        writer.Add("embedding", constants.Values[layout.Embedding], [layout.Classes, config.Width]);
        AtomicFile.Write(path, writer.WriteTo);
    }

    /// <summary>Reads the constants of a model.</summary>
    /// <param name="path">The file; <see langword="null"/> where a circuit belongs to no run.</param>
    /// <param name="config">The model's dimensions.</param>
    /// <exception cref="NodalException">There is no such file, it is damaged, or it belongs to another model.</exception>
    public static NodeConstants Read(string? path, ModelConfig config)
    {
        if (!File.Exists(path))
        {
            Throw.Input(
                "the learned ablation has no constants here", found: path is null ? "a circuit file outside of a run folder" : $"no {path}",
                expected: "constants.safetensors beside the circuit, of a run with --ablation learned", remedy: "Name a circuit in the folder of such a run, or another --ablation");
        }

        using var file = SafetensorsFile.Open(path);
        var known = Enum.TryParse<MeanPositions>(file.Metadata.GetValueOrDefault("positions") as string, out var positions) && Enum.IsDefined(positions);
        if (!known || file.Metadata.GetValueOrDefault("schema") as string != Schema)
        {
            Throw.Input($"{path} holds no constants", found: "another kind of file", expected: $"schema {Schema}", remedy: "Run nodal discover again");
        }

        var layout = new ConstantLayout(config, positions);
        var values = new double[layout.Count];
        var (heads, hidden) = (Values(file, path, "heads", [config.Layers, layout.Classes, config.AttentionWidth]), Values(file, path, "hidden", [config.Layers, layout.Classes, config.HiddenWidth]));
        for (var layer = 0; layer < config.Layers; layer++)
        {
            heads.AsSpan(layer * layout.Classes * config.AttentionWidth, layout.Classes * config.AttentionWidth).CopyTo(values.AsSpan(layout.Heads(layer)));
            hidden.AsSpan(layer * layout.Classes * config.HiddenWidth, layout.Classes * config.HiddenWidth).CopyTo(values.AsSpan(layout.Hidden(layer)));
        }

        Values(file, path, "embedding", [layout.Classes, config.Width]).CopyTo(values.AsSpan(layout.Embedding));
        return new NodeConstants(layout, values);
    }

    private static double[] Values(SafetensorsFile file, string path, string name, long[] shape)
    {
        if (!file.Entries.TryGetValue(name, out var entry) || entry.Type != TensorType.F64 || !entry.Shape.AsSpan().SequenceEqual(shape))
        {
            Throw.Input(
                $"{path} holds no constants of this model", found: entry is null ? $"no {name}" : $"{name} as {entry.Type} [{string.Join(", ", entry.Shape)}]",
                expected: $"F64 [{string.Join(", ", shape)}]", remedy: "Use the model the run was made for");
        }

        var values = new double[entry.Elements];
        file.ReadFloat64(name, values);
        return values;
    }
}
