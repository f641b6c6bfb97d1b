using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Nodal.Gates;

/// <summary>Four numbers of a vector at a time, the last ones too: a result depends neither on where a number stands nor on how many there are.</summary>
internal static class Lanes
{
    public static int Count => Vector256<double>.Count;

    /// <summary>Four numbers, with zeros behind the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Load(ReadOnlySpan<double> values, int from)
    {
        var rest = values[from..];
        return rest.Length >= Count
            ? Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(rest))
            : Vector256.Create(rest[0], rest.Length > 1 ? rest[1] : 0, rest.Length > 2 ? rest[2] : 0, 0);
    }

    /// <summary>Writes four numbers, or as many as there is place for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<double> lanes, Span<double> values, int from)
    {
        var rest = values[from..];
        if (rest.Length >= Count)
        {
            lanes.StoreUnsafe(ref MemoryMarshal.GetReference(rest));
            return;
        }

        for (var lane = 0; lane < rest.Length; lane++)
        {
            rest[lane] = lanes[lane];
        }
    }
}
