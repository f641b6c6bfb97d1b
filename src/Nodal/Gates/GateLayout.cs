using System.Collections.Immutable;
using Nodal.Models;
using Nodal.Runtime;

namespace Nodal.Gates;

/// <summary>
/// Where each node's gate stands in the one flat vector of all gates: granularity after granularity, layer after layer within each, so
/// that one granularity is a dense matrix (layers, nodes per layer).
/// </summary>
public sealed class GateLayout
{
    private static readonly Granularity[] Always = [.. Enum.GetValues<Granularity>().Where(granularity => !IsOptional(granularity))];

    private readonly int[] _offsets;

    /// <summary>Lays out the gates of a model.</summary>
    /// <param name="config">The model's dimensions.</param>
    /// <param name="optional">Optional granularities to lay out behind the six that are there always, which may be named too; default none.</param>
    public GateLayout(ModelConfig config, IEnumerable<Granularity>? optional = null)
    {
        Config = config;
        Granularities = [.. Always, .. (optional ?? []).Where(IsOptional).Distinct().Order()];
        var places = Enum.GetValues<Granularity>();
        _offsets = new int[places.Length + 1];
        foreach (var granularity in places)
        {
            var count = Has(granularity) ? Rows(granularity) * PerLayer(granularity) : 0;
            _offsets[(int)granularity + 1] = checked(_offsets[(int)granularity] + count);
        }
    }

    /// <summary>The granularities that every layout has, in the order of the vector.</summary>
    public static IReadOnlyList<Granularity> All => Always;

    /// <summary>All granularities of this layout, in the order of the vector.</summary>
    public ImmutableArray<Granularity> Granularities { get; }

    /// <summary>The model's dimensions.</summary>
    public ModelConfig Config { get; }

    /// <summary>Number of gates.</summary>
    public int Count => _offsets[^1];

    /// <summary>Whether a granularity stands only in layouts that ask for it.</summary>
    public static bool IsOptional(Granularity granularity) => granularity is Granularity.Layer or Granularity.Embedding;

    /// <summary>Granularities of nodes without children, but for the embedding.</summary>
    internal static IReadOnlyList<Granularity> Leaves { get; } = [Granularity.AttentionNeuron, Granularity.MlpHidden, Granularity.MlpOutput];

    /// <summary>Whether a granularity is one of <see cref="Leaves"/>.</summary>
    internal static bool IsLeaf(Granularity granularity) => Leaves.Contains(granularity);

    /// <summary>Whether a granularity is laid out.</summary>
    public bool Has(Granularity granularity) => Granularities.Contains(granularity);

    /// <summary>Rows of a granularity's matrix: the layers, or 1 for the embedding.</summary>
    public int Rows(Granularity granularity) => granularity == Granularity.Embedding ? 1 : Config.Layers;

    /// <summary>Nodes of one granularity in one layer; of the embedding, in all.</summary>
    public int PerLayer(Granularity granularity) => granularity switch
    {
        Granularity.Head => Config.Heads,
        Granularity.AttentionNeuron => Config.AttentionWidth,
        Granularity.MlpHidden => Config.HiddenWidth,
        Granularity.MlpOutput => Config.Width,
        _ => 1,
    };

    /// <summary>Position of the first gate of a granularity in a layer.</summary>
    public int Offset(Granularity granularity, int layer = 0) => _offsets[(int)granularity] + (layer * PerLayer(granularity));

    /// <summary>Positions of all gates of a granularity, in every layer.</summary>
    public Range Span(Granularity granularity) => _offsets[(int)granularity].._offsets[(int)granularity + 1];

    /// <summary>Positions of the gates of a granularity in one layer.</summary>
    public Range Span(Granularity granularity, int layer)
    {
        var start = Offset(granularity, layer);
        return start..(start + PerLayer(granularity));
    }

    /// <summary>Positions of all gates of a granularity, one by one.</summary>
    internal IEnumerable<int> Positions(Granularity granularity) => Enumerable.Range(Offset(granularity), Rows(granularity) * PerLayer(granularity));

    /// <summary>Positions of the gates of a granularity in one layer, one by one.</summary>
    internal IEnumerable<int> Positions(Granularity granularity, int layer) => Enumerable.Range(Offset(granularity, layer), PerLayer(granularity));

    /// <summary>The node whose gate stands at a position.</summary>
    public Node this[int position]
    {
        get
        {
            var granularity = Always[0];
            while (position >= _offsets[(int)granularity + 1])
            {
                granularity++;
            }

            var (layer, index) = Math.DivRem(position - _offsets[(int)granularity], PerLayer(granularity));
            return granularity switch
            {
                Granularity.Head => new Node(granularity, layer, index),
                Granularity.AttentionNeuron => new Node(granularity, layer, index / Config.HeadWidth, index % Config.HeadWidth),
                _ => new Node(granularity, layer, Index: index),
            };
        }
    }

    /// <summary>Position of a node's gate.</summary>
    /// <exception cref="NodalException">The model has no such node.</exception>
    public int IndexOf(Node node)
    {
        var index = node.Granularity switch
        {
            Granularity.Head => node.Head,
            Granularity.AttentionNeuron => (node.Head * Config.HeadWidth) + node.Index,
            _ => node.Index,
        };
        if (!Has(node.Granularity))
        {
            Throw.Input(
                "the node is of a granularity that is off here", found: $"'{node}'", expected: $"a node of {string.Join(", ", Granularities)}",
                remedy: $"Turn {node.Granularity} on, or leave the node out");
        }

        if (node.Layer >= Rows(node.Granularity) || index >= PerLayer(node.Granularity)
            || (node.Granularity == Granularity.AttentionNeuron && (node.Head >= Config.Heads || node.Index >= Config.HeadWidth)))
        {
            Throw.Input(
                "the model has no such node", found: $"'{node}'",
                expected: $"a node of {Config.Layers} layers, {Config.Heads} heads of {Config.HeadWidth} dimensions, {Config.HiddenWidth} hidden neurons, {Config.Width} outputs",
                remedy: "Use a circuit made for this model");
        }

        return Offset(node.Granularity, node.Layer) + index;
    }
}
