namespace Nodal.Patching.Fast;

/// <summary>Which gates are live: only those are computed.</summary>
internal static class OpenNodes
{
    /// <summary>Their positions, rising.</summary>
    public static int[] Of(ReadOnlySpan<bool> live)
    {
        var open = new int[live.Length];
        var count = 0;
        for (var i = 0; i < live.Length; i++)
        {
            if (live[i])
            {
                open[count++] = i;
            }
        }

        return open[..count];
    }

    /// <summary>The live gates times a factor, then zeros.</summary>
    public static float[] Gather(ReadOnlySpan<double> gates, int[] open, int padded, double factor)
    {
        var gathered = new float[padded];
        for (var i = 0; i < open.Length; i++)
        {
            gathered[i] = (float)(factor * gates[open[i]]);
        }

        return gathered;
    }
}
