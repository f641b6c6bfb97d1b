namespace Nodal.Discovery.Attribution;

/// <summary>The gradient in the full model, every gate open.</summary>
internal static class FullModel
{
    /// <returns>(gates): mean over all pairs.</returns>
    public static double[] Gradient(ScoringSetting setting, MetricGradient metric)
    {
        var done = 0;
        return metric.OverAllPairs(Open(setting), () => setting.Report(++done, metric.Batches));
    }

    /// <returns>(gates): 1.</returns>
    public static double[] Open(ScoringSetting setting)
    {
        var gates = new double[setting.Layout.Count];
        Array.Fill(gates, 1);
        return gates;
    }
}
