using Nodal.Gates;

namespace Nodal.Patching.Fast;

/// <summary>The MLP half of <see cref="Compactor{T}"/>.</summary>
internal sealed class MlpCompactor<T>(EngineShape shape, GateLayout layout)
    where T : unmanaged, IElement<T>
{
    /// <summary>Elements of memory a plan may take.</summary>
    public static long Elements(PackedLayer<T> packed) =>
        Arena<T>.Needed(packed.Inputs.Rows, packed.Inputs.Columns) + Arena<T>.Needed(packed.Down.Rows, Lanes.PadShape(packed.Down.Columns));

    /// <summary>The block under these gates, or <see langword="null"/> where nothing of it can reach the stream.</summary>
    public MlpPlan<T>? Plan(int layer, GateValues values, PackedLayer<T> packed, Arena<T> arena)
    {
        var (gates, live) = (values.Values, values.Live);
        var own = layout.Offset(Granularity.MlpBlock, layer);
        var block = gates[own];
        var outputs = gates.AsSpan(layout.Span(Granularity.MlpOutput, layer));
        var openOutputs = OpenNodes.Of(live.AsSpan(layout.Span(Granularity.MlpOutput, layer)));
        if (!live[own] || openOutputs.Length == 0)
        {
            return null;
        }

        var hidden = gates.AsSpan(layout.Span(Granularity.MlpHidden, layer));
        var open = OpenNodes.Of(live.AsSpan(layout.Span(Granularity.MlpHidden, layer)));
        var (wholeHidden, wholeOutputs) = (open.Length == hidden.Length, openOutputs.Length == outputs.Length);
        var columns = wholeHidden ? shape.HiddenWidth : Lanes.PadShape(open.Length);
        var outputColumns = wholeOutputs ? shape.Width : Lanes.PadShape(openOutputs.Length);
        var hiddenGates = OpenNodes.Gather(hidden, open, columns, 1);
        return new MlpPlan<T>
        {
            Hidden = open,
            HiddenGates = hiddenGates,
            WhollyOpen = Array.TrueForAll(hiddenGates[..open.Length], gate => gate == 1),
            Outputs = openOutputs,
            OutputFactors = OpenNodes.Gather(outputs, openOutputs, outputColumns, block),
            Inputs = wholeHidden ? packed.Inputs : RowGather<T>.Rows(packed.Inputs, InputRows(open, columns), shape.InputMaps * columns, arena),
            Down = !wholeOutputs ? RowGather<T>.Block(packed.Down, open, columns, openOutputs, outputColumns, arena)
                : wholeHidden ? packed.Down : RowGather<T>.Rows(packed.Down, open, columns, arena),
        };
    }

    /// <summary>Rows of the gate map, then of the up map, each padded with −1 for rows of zeros.</summary>
    private int[] InputRows(int[] open, int columns)
    {
        var rows = new int[shape.InputMaps * columns];
        Array.Fill(rows, -1);
        for (var map = 0; map < shape.InputMaps; map++)
        {
            for (var i = 0; i < open.Length; i++)
            {
                rows[(map * columns) + i] = (map * shape.HiddenWidth) + open[i];
            }
        }

        return rows;
    }
}
