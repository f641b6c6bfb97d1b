namespace Nodal.Benchmarks;

/// <summary>Seconds and memory of a step of every engine against one dimension at a time.</summary>
internal sealed class ScalingReport(ScalingSettings settings)
{
    private const int HeadWidth = 64;

    /// <summary>Measures everything and writes one table a dimension.</summary>
    public void Write()
    {
        var shape = settings.Base;
        Console.WriteLine(
            $"\nBase: a GPT-2 of {shape.Layers} layers, width {shape.Width}, vocabulary {settings.Vocabulary}, random weights; batches of {shape.Batch} pairs of {shape.Tokens} tokens, "
            + $"{shape.Pairs} pairs prepared. {settings.Repeats} repeats after one step to warm up.");
        foreach (var (dimension, shapes) in settings.Series())
        {
            Console.WriteLine($"\n## {dimension}\n");
            var table = new MarkdownTable(
                "layers", "width", "tokens", "batch", "pairs", "engine", "size", "seconds a step", "min–max", "CPU seconds", "MiB before", "peak MiB");
            foreach (var varied in shapes)
            {
                Write(table, varied);
            }
        }
    }

    private void Write(MarkdownTable table, StepShape shape)
    {
        var config = ModelShapes.Gpt2(shape.Layers, shape.Width, Math.Max(2, shape.Width / HeadWidth), settings.Vocabulary);
        using var workload = Workloads.Random("", config, shape, settings.Threads);
        var gates = new SampledGates(workload.Layout, seed: 1);
        foreach (var engine in settings.Engines)
        {
            foreach (var size in settings.Sizes)
            {
                var step = StepMeasurement.Of(() => engine.Create(workload), workload.Batch, gates.At(size), settings.Repeats);
                table.Row(
                    $"{shape.Layers}", $"{shape.Width}", $"{shape.Tokens}", $"{shape.Batch}", $"{shape.Pairs}", engine.Name, Figures.Size(size),
                    Figures.Number(step.Seconds.Median), Figures.Spread(step.Seconds), Figures.Number(step.CpuSeconds),
                    Figures.Mebibytes(step.BytesBefore), Figures.Mebibytes(step.PeakBytes));
            }
        }
    }
}
