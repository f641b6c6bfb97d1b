namespace Nodal.Patching.Fast;

/// <summary>Which gates are not 0.</summary>
internal static class OpenNodes
{
    /// <summary>Their positions, rising.</summary>
    public static int[] Of(ReadOnlySpan<double> gates)
    {
        var open = new int[gates.Length];
        var count = 0;
        for (var i = 0; i < gates.Length; i++)
        {
            if (gates[i] != 0)
            {
                open[count++] = i;
            }
        }

        return open[..count];
    }

    /// <summary>The open gates times a factor, then zeros.</summary>
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
