using Nodal.Gates;

namespace Nodal.Patching.Fast;

/// <summary>The attention half of <see cref="Compactor{T}"/>.</summary>
internal sealed class AttentionCompactor<T>(EngineShape shape, GateLayout layout)
    where T : unmanaged, IElement<T>
{
    private readonly int _width = layout.Config.HeadWidth;

    /// <summary>Elements of memory a plan may take.</summary>
    public static long Elements(PackedLayer<T> packed) =>
        new[] { packed.Query, packed.KeyValue, packed.Output }.Sum(weight => Arena<T>.Needed(weight.Rows, weight.Columns));

    /// <summary>The block under these gates, or <see langword="null"/> where its own gate is not live.</summary>
    public AttentionPlan<T>? Plan(int layer, GateValues values, PackedLayer<T> packed, Arena<T> arena)
    {
        var own = layout.Offset(Granularity.AttentionBlock, layer);
        if (!values.Live[own])
        {
            return null;
        }

        var block = values.Values[own];
        var effective = Effective(layer, block, values.Values);          // (z)
        var groups = Groups(Live(layer, values.Live));
        HeadPlan[] heads = [.. groups.SelectMany(group => group.Heads)];
        int[] neurons = [.. heads.SelectMany(head => head.Neurons)];
        int[] queries = [.. heads.SelectMany(head => Enumerable.Range(head.Head * shape.HeadWidth, shape.HeadWidth))];
        var keyValues = KeyValueRows(groups);
        var wholeKeyValues = groups.Length == layout.Config.KeyValueHeads && groups.All(group => group.Dimensions.Length == _width);
        var output = Gather(packed.Output, neurons, neurons.Length == effective.Length, arena);
        return new AttentionPlan<T>
        {
            Block = block,
            Groups = groups,
            Effective = OpenNodes.Gather(effective, neurons, output.Rows, 1),
            WhollyOpen = Array.TrueForAll(neurons, neuron => effective[neuron] == 1),
            Query = Gather(packed.Query, queries, heads.Length == layout.Config.Heads, arena),
            KeyValue = Gather(packed.KeyValue, keyValues, wholeKeyValues, arena),
            Output = output,
        };
    }

    private static Matrix<T> Gather(Matrix<T> source, int[] rows, bool whole, Arena<T> arena) =>
        whole ? source : RowGather<T>.Rows(source, rows, Lanes.PadShape(rows.Length), arena);

    /// <summary>(z): block · head · neuron.</summary>
    private double[] Effective(int layer, double block, double[] gates)
    {
        var heads = gates.AsSpan(layout.Span(Granularity.Head, layer));
        var effective = gates[layout.Span(Granularity.AttentionNeuron, layer)];
        for (var i = 0; i < effective.Length; i++)
        {
            effective[i] *= block * heads[i / _width];
        }

        return effective;
    }

    /// <summary>(z): which neurons are live under live heads.</summary>
    private bool[] Live(int layer, bool[] live)
    {
        var heads = live.AsSpan(layout.Span(Granularity.Head, layer));
        var neurons = live[layout.Span(Granularity.AttentionNeuron, layer)];
        for (var i = 0; i < neurons.Length; i++)
        {
            neurons[i] &= heads[i / _width];
        }

        return neurons;
    }

    /// <summary>The key/value heads one of whose query heads has a live neuron.</summary>
    private GroupPlan[] Groups(bool[] live)
    {
        var open = Enumerable.Range(0, layout.Config.Heads).Select(head => OpenNodes.Of(live.AsSpan(head * _width, _width))).ToArray();
        var size = layout.Config.GroupSize;
        int[] kept = [.. Enumerable.Range(0, layout.Config.KeyValueHeads).Where(group => open.AsSpan(group * size, size).ToArray().Any(own => own.Length > 0))];
        var groups = new GroupPlan[kept.Length];
        var (slot, column, value) = (0, 0, kept.Length * shape.HeadWidth);
        for (var i = 0; i < kept.Length; i++)
        {
            int[] members = [.. Enumerable.Range(kept[i] * size, size).Where(head => open[head].Length > 0)];
            int[] dimensions = [.. members.SelectMany(head => open[head]).Distinct().Order()];
            var heads = new HeadPlan[members.Length];
            for (var j = 0; j < members.Length; j++)
            {
                heads[j] = Head(members[j], slot++, column, open[members[j]], dimensions);
                column += heads[j].Neurons.Length;
            }

            groups[i] = new GroupPlan(kept[i], i * shape.HeadWidth, value, dimensions, heads);
            value += groups[i].ValueWidth;
        }

        return groups;
    }

    private HeadPlan Head(int head, int slot, int column, int[] open, int[] dimensions) => new(
        head, slot, slot * shape.HeadWidth, column,
        Array.ConvertAll(open, dimension => (head * _width) + dimension), Array.ConvertAll(open, dimension => Array.BinarySearch(dimensions, dimension)));

    /// <summary>Rows of all keys, then of the kept values of each group up to its padded width; −1 for a row of zeros.</summary>
    private int[] KeyValueRows(GroupPlan[] groups) =>
    [
        .. groups.SelectMany(group => Enumerable.Range(group.KeyValueHead * shape.HeadWidth, shape.HeadWidth)),
        .. groups.SelectMany(group => Enumerable.Range(0, group.ValueWidth).Select(i =>
            i < group.Dimensions.Length ? shape.KeyWidth + (group.KeyValueHead * shape.HeadWidth) + group.Dimensions[i] : -1)),
    ];
}
