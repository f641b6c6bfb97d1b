namespace Nodal.Benchmarks;

/// <summary>Where the time of the fast engine's step goes, in float32.</summary>
internal static class PhasesReport
{
    /// <summary>Writes one row a size.</summary>
    public static void Write(Workload workload, StepSettings settings)
    {
        Console.WriteLine($"\nWhere the time of the fast engine's step goes, float32, {workload.Name}; milliseconds, and shares of the step:\n");
        var table = new MarkdownTable("size", "gather weights", "blocks forward", "LM head, loss and gradient", "blocks backward", "step");
        var gates = new SampledGates(workload.Layout, seed: 1);
        using var phases = new StepPhases(workload);
        foreach (var size in settings.Sizes)
        {
            var (gather, forward, head, backward, step) = phases.Measure(gates.At(size), settings.Repeats);
            string Part(double seconds) => $"{Figures.Number(1000 * seconds)} ({Figures.Percent(seconds / step)})";
            table.Row(Figures.Size(size), Part(gather), Part(forward), Part(head), Part(backward), Figures.Number(1000 * step));
        }
    }
}
