using System.Diagnostics;
using Nodal.Patching;
using Nodal.Runs;

namespace Nodal.Benchmarks;

/// <summary>A complete ranking run against the published schedule, whose total is its measured step times its number of steps.</summary>
internal sealed class RunReport(RunSettings settings)
{
    private readonly MarkdownTable _table = Heading(settings);

    /// <summary>Runs, measures the published step and writes the table.</summary>
    public void Write()
    {
        var run = Discover();
        _table.Row(
            $"Nodal, complete run: {run.Engine}", $"{settings.Ranking.Steps}", "", "measured",
            Figures.Number(run.Seconds), Figures.Number(run.CpuSeconds), "1.00×", "1.00×", Figures.Mebibytes(run.PeakBytes), Figures.Times(1));
        using var workload = Workloads.Task(settings.Model, settings.Task, RunSettings.PublishedBatch, settings.Threads);
        foreach (var form in new[] { PublishedForms.TrueLength, PublishedForms.Padded(settings.PadTo) })
        {
            Write(form, workload, run);
        }
    }

    private static MarkdownTable Heading(RunSettings settings)
    {
        Console.WriteLine(
            $"\n{Path.GetFileNameWithoutExtension(settings.Model)}, {settings.Task.Task}. Nodal's run is everything from loading the model to the evaluated circuits. The published schedule "
            + $"is {RunSettings.PublishedSteps} steps (500 epochs of 7 batches of {RunSettings.PublishedBatch} pairs), its training alone: the time of a step is measured in this process "
            + $"({settings.Repeats} repeats after one to warm up, the median), the total is extrapolated from it. True length means padded to the longest prompt of its batch.\n");
        return new MarkdownTable(
            "form", "steps", "seconds a step", "total is", "wall seconds", "CPU seconds", "wall, times Nodal's", "CPU, times Nodal's", "peak MiB", "memory, times Nodal's");
    }

    private void Write(Engine form, Workload workload, Measured run)
    {
        var gates = new SampledGates(workload.Layout, seed: 1).At(1);
        var step = StepMeasurement.Of(() => form.Create(workload), workload.Batch, gates, settings.Repeats);
        var (seconds, cpu) = (step.Seconds.Median * RunSettings.PublishedSteps, step.CpuSeconds * RunSettings.PublishedSteps);
        _table.Row(
            form.Name, $"{RunSettings.PublishedSteps}", $"{Figures.Number(step.Seconds.Median)} ({Figures.Spread(step.Seconds)})", "extrapolated",
            Figures.Number(seconds), Figures.Number(cpu), Figures.Times(seconds / run.Seconds), Figures.Times(cpu / run.CpuSeconds),
            Figures.Mebibytes(step.PeakBytes), Figures.Times((double?)step.PeakBytes / run.PeakBytes));
    }

    private Measured Discover()
    {
        var folder = Directory.CreateTempSubdirectory("nodal-run-");
        try
        {
            var before = PeakMemory.Reset();
            var (start, cpu) = (Stopwatch.GetTimestamp(), StepMeasurement.CpuTime());
            DiscoveryRun.Execute(
                new DiscoverOptions { Model = settings.Model, Task = settings.Task, Ranking = settings.Ranking, Threads = settings.Threads },
                folder.FullName,
                new StepLine());
            return new Measured(
                Stopwatch.GetElapsedTime(start).TotalSeconds, StepMeasurement.CpuTime() - cpu, before is null ? null : PeakMemory.Read(),
                FinishedRun.Open(folder.FullName).Config.Options.Engine);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private sealed record Measured(double Seconds, double CpuSeconds, long? PeakBytes, EngineOptions Engine);
}
