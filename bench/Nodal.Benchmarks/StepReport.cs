using Nodal.Gates;

namespace Nodal.Benchmarks;

/// <summary>Seconds and memory of a step: the published form, and every engine at every size.</summary>
internal sealed class StepReport(StepSettings settings)
{
    /// <summary>Measures one workload, one configuration after another, and writes its tables.</summary>
    /// <returns>The forms that do not agree with the published one.</returns>
    public IReadOnlyList<string> Write(Workload workload)
    {
        Console.WriteLine($"\n## {workload.Name}\n");
        Console.WriteLine(
            $"Batch of {workload.Batch.Length} pairs, {Lengths(workload)} tokens, {workload.Threads} threads, {settings.Repeats} repeats after one step to warm up. "
            + "The published form costs the same whatever the gates are, so it is measured at size 1 alone.\n");
        var gates = new SampledGates(workload.Layout, seed: 1);
        WriteGates(workload.Layout, gates);
        WriteSteps(workload, gates, MachineReport.WriteProducts(workload.Threads, settings));
        PhasesReport.Write(workload, settings);
        return AgreementReport.Write(workload, settings);
    }

    private static string Lengths(Workload workload)
    {
        var lengths = workload.BatchPairs.Select(pair => pair.Length).ToArray();
        return lengths.Min() == lengths.Max() ? $"{lengths[0]}" : $"{lengths.Min()} to {lengths.Max()}";
    }

    private void WriteGates(GateLayout layout, SampledGates sampled)
    {
        Console.WriteLine("Gates of the steps (scores normal, blocks and heads 2 higher; temperature 0.1):\n");
        var table = new MarkdownTable("size", "gates", "exactly 0", "between", "exactly 1", "attention blocks closed", "heads closed", "MLP blocks closed");
        foreach (var size in settings.Sizes)
        {
            var gates = sampled.At(size);
            string Share(Func<double, bool> which) => Figures.Percent(gates.Count(which) / (double)gates.Length);
            string Closed(Granularity granularity) => $"{gates[layout.Span(granularity)].Count(gate => gate == 0)}";
            table.Row(
                Figures.Size(size), $"{gates.Length}", Share(gate => gate == 0), Share(gate => gate is > 0 and < 1), Share(gate => gate == 1),
                Closed(Granularity.AttentionBlock), Closed(Granularity.Head), Closed(Granularity.MlpBlock));
        }
    }

    private void WriteSteps(Workload workload, SampledGates gates, double productRate)
    {
        var table = new MarkdownTable(
            "form", "size", "seconds a step", "min–max", "CPU seconds", "faster than published", "MiB before", "peak MiB", "less memory", "GFLOP/s", "of products");
        var open = gates.At(1);
        var published = Measure(PublishedForms.TrueLength, open);
        Row(PublishedForms.TrueLength, 1, published, PublishedFlops(workload, padTo: 0));
        var padded = PublishedForms.Padded(settings.PadTo);
        Row(padded, 1, Measure(padded, open), PublishedFlops(workload, settings.PadTo));
        foreach (var engine in settings.Engines)
        {
            foreach (var size in settings.Sizes)
            {
                Row(engine, size, Measure(engine, gates.At(size)), size == 1 ? EngineFlops(workload) : null);
            }
        }

        StepMeasurement Measure(Engine form, double[] drawn) => StepMeasurement.Of(() => form.Create(workload), workload.Batch, drawn, settings.Repeats);

        void Row(Engine form, double size, StepMeasurement step, double? flops)
        {
            var rate = flops / step.Seconds.Median / 1e9;
            table.Row(
                form.Name, Figures.Size(size), Figures.Number(step.Seconds.Median), Figures.Spread(step.Seconds), Figures.Number(step.CpuSeconds),
                Figures.Times(published.Seconds.Median / step.Seconds.Median), Figures.Mebibytes(step.BytesBefore), Figures.Mebibytes(step.PeakBytes),
                Figures.Times((double?)published.PeakBytes / step.PeakBytes),
                rate is { } reached ? Figures.Number(reached) : "", rate is { } share ? Figures.Percent(share / productRate) : "");
        }
    }

    private static double EngineFlops(Workload workload) =>
        StepArithmetic.Engine(workload.Model.Config, workload.BatchPairs.Sum(pair => (long)pair.Length), workload.Batch.Length);

    private static double PublishedFlops(Workload workload, int padTo) =>
        StepArithmetic.Published(workload.Model.Config, (long)workload.Batch.Length * Math.Max(padTo, workload.BatchPairs.Max(pair => pair.Length)));
}
