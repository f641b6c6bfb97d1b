using Nodal.Gates;
using Nodal.Runtime;
using Nodal.Weights;

namespace Nodal.Circuits;

/// <summary>Writes and reads <c>ranking.safetensors</c>: one float64 tensor of scores per granularity, (layers, nodes per layer); (1, 1) of the embedding.</summary>
/// <remarks>Scores of granularities that were off are +∞.</remarks>
internal static class RankingFile
{
    /// <summary>Writes a ranking, whole or not at all.</summary>
    public static void Write(string path, Ranking ranking)
    {
        var layout = ranking.Layout;
        var writer = new SafetensorsWriter();
        foreach (var granularity in layout.Granularities)
        {
            writer.Add(granularity.ToString(), ranking.Scores[layout.Span(granularity)].ToArray(), [layout.Rows(granularity), layout.PerLayer(granularity)]);
        }

        AtomicFile.Write(path, writer.WriteTo);
    }

    /// <summary>Reads the ranking of a model.</summary>
    /// <exception cref="NodalException">The file is damaged or belongs to another model.</exception>
    public static Ranking Read(string path, GateLayout layout)
    {
        using var source = WeightSource.Open(path);
        var scores = new double[layout.Count];
        foreach (var granularity in layout.Granularities)
        {
            long[] shape = [layout.Rows(granularity), layout.PerLayer(granularity)];
            if (!source.Entries.TryGetValue(granularity.ToString(), out var entry) || entry.Type != TensorType.F64 || !entry.Shape.AsSpan().SequenceEqual(shape))
            {
                Throw.Input(
                    $"{path} is no ranking of this model", found: entry is null ? $"no scores of {granularity}" : $"{granularity} as {entry.Type} [{string.Join(", ", entry.Shape)}]",
                    expected: $"F64 [{string.Join(", ", shape)}]", remedy: "Use the model the ranking was made for");
            }

            source.ReadFloat64(granularity.ToString(), scores.AsSpan(layout.Span(granularity)));
        }

        return new Ranking(layout, scores);
    }
}
