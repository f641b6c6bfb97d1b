using Nodal.Evaluation;

namespace Nodal.Cli.Output;

/// <summary>A published count as a person reads it.</summary>
internal static class PublishedWords
{
    public static string Of(PublishedCount count) =>
        $"size {Figures.Share(count.Size)} ({Figures.Count(count.Parameters)} of {Figures.Count(count.TotalParameters)} parameters by GPT-2's formula), "
        + string.Join(", ", count.Nodes.Select(nodes => GranularityWords.Of(nodes.Key, nodes.Value)));
}
