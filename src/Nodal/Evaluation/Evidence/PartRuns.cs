using Nodal.Circuits;
using Nodal.Patching;
using Nodal.Tasks;

namespace Nodal.Evaluation.Evidence;

/// <summary>Runs the circuits of one part of the evidence: counts them, reports, and hears cancellation. What has been measured before all parts is not run again.</summary>
internal sealed class PartRuns
{
    /// <summary>Pairs that a search decides on; what it found is then measured on all pairs.</summary>
    public const int SearchPairs = 64;

    /// <summary>Circuits run in one go: enough that what holds no gate, run once for all of them, costs little, and few enough that progress is seen.</summary>
    private const int Together = 16;

    private readonly EvidenceSetting _setting;
    private readonly EvidencePart _part;
    private readonly int _of;
    private readonly (NodeSet Circuit, PairMetrics[] Metrics)[] _known;

    public PartRuns(EvidenceSetting setting, EvidencePart part, int of)
    {
        (_setting, _part, _of) = (setting, part, of);
        _known = [(setting.Circuit, setting.Measured), (NodeSet.Full(setting.Layout), setting.Full), (NodeSet.Empty(setting.Layout), setting.AllClosed)];
        Searched = [.. setting.Pairs.Take(SearchPairs)];
        setting.Progress?.Report(new EvidenceProgress(part, 0, of));
    }

    /// <summary>The first of the pairs, for searches that would take too long on all of them.</summary>
    public IReadOnlyList<EncodedPair> Searched { get; }

    /// <summary>Circuits run so far.</summary>
    public int Count { get; private set; }

    /// <summary>Measures circuits on all pairs.</summary>
    /// <returns>Per circuit, per pair.</returns>
    public PairMetrics[][] Measure(params IReadOnlyList<NodeSet> circuits) => Measure(circuits, _setting.Pairs);

    /// <summary>Measures circuits on <see cref="Searched"/>.</summary>
    /// <returns>Per circuit, per pair.</returns>
    public PairMetrics[][] Search(params IReadOnlyList<NodeSet> circuits) => Measure(circuits, Searched);

    private PairMetrics[][] Measure(IReadOnlyList<NodeSet> circuits, IReadOnlyList<EncodedPair> pairs)
    {
        PairMetrics[]?[] measured = [.. circuits.Select(circuit => _known.FirstOrDefault(known => known.Circuit.SameAs(circuit)).Metrics?[..pairs.Count])];
        foreach (var chunk in Enumerable.Range(0, measured.Length).Where(i => measured[i] is null).ToArray().Chunk(Together))
        {
            _setting.Cancellation.ThrowIfCancellationRequested();
            var fresh = _setting.Runner.Measure([.. chunk.Select(i => circuits[i])], pairs, _setting.Cancellation);
            for (var i = 0; i < chunk.Length; i++)
            {
                measured[chunk[i]] = fresh[i];
            }

            Count += chunk.Length;
            _setting.Progress?.Report(new EvidenceProgress(_part, Count, Math.Max(Count, _of)));
        }

        return measured!;
    }
}
