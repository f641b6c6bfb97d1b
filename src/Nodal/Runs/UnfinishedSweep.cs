namespace Nodal.Runs;

/// <summary>Says of a fault that ended a sweep where the sweep is, which the same call goes on with.</summary>
public static class UnfinishedSweep
{
    private const string Key = "Nodal.UnfinishedSweep";

    /// <summary>The sweep's folder, or <see langword="null"/> where the fault has ended none.</summary>
    /// <param name="fault">What <see cref="SweepRun"/> or <see cref="MethodComparison"/> has thrown, cancellation included.</param>
    public static string? Of(Exception fault) => fault.Data[Key] as string;

    /// <summary>Says of a fault what it has ended.</summary>
    internal static void Mark(Exception fault, string folder) => fault.Data[Key] = folder;
}
