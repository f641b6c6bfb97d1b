using CsCheck;
using Nodal.Weights;

namespace Nodal.Tests.Weights;

public sealed class SafetensorsWriterTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_is_written_is_read_back()
    {
        var shapes = Gen.Long[0, 4].Array[0, 4];
        Gen.Select(shapes, shapes, shapes, Gen.Int).Sample((singles, doubles, integers, seed) =>
        {
            var random = new Random(seed);
            float[] a = [.. Values(singles, random).Select(value => (float)value)];
            double[] b = [.. Values(doubles, random)];
            long[] c = [.. Values(integers, random).Select(value => BitConverter.DoubleToInt64Bits(value))];
            var writer = new SafetensorsWriter();
            writer.AddMetadata("seed", $"{seed}");
            writer.Add("a\"\u00fc", a, singles);
            writer.Add("b", b, doubles);
            writer.Add("c", c, integers);

            using var file = SafetensorsFile.Open(Written(writer, Guid.NewGuid().ToString()));

            file.Metadata["seed"].ShouldBe($"{seed}");
            file.Entries.Count.ShouldBe(3);
            file.Entries["a\"\u00fc"].Shape.ShouldBe(singles);
            file.Entries["b"].Type.ShouldBe(TensorType.F64);
            Floats(file, "a\"\u00fc").ShouldBe(a);
            Floats(file, "b").ShouldBe([.. b.Select(value => (float)value)]);
            var read = new long[c.Length];
            file.ReadInt64("c", read);
            read.ShouldBe(c);
        }, iter: 200);
    }

    [Fact]
    public void The_order_of_adding_does_not_change_the_bytes()
    {
        var forward = new SafetensorsWriter();
        forward.Add("x", new float[] { 1, 2, 3 }, [3]);
        forward.Add("y", new long[] { 4 }, []);
        var backward = new SafetensorsWriter();
        backward.Add("y", new long[] { 4 }, []);
        backward.Add("x", new float[] { 1, 2, 3 }, [3]);

        File.ReadAllBytes(Written(forward, "forward")).ShouldBe(File.ReadAllBytes(Written(backward, "backward")));
    }

    [Fact]
    public void Data_is_aligned_to_eight_bytes()
    {
        var writer = new SafetensorsWriter();
        writer.Add("a", new float[] { 1 }, [1]);
        writer.Add("b", new double[] { 2 }, [1]);

        var bytes = File.ReadAllBytes(Written(writer, "aligned"));

        var start = 8 + BitConverter.ToInt32(bytes);
        (start % 8).ShouldBe(0);
        BitConverter.ToDouble(bytes, start).ShouldBe(2);
        BitConverter.ToSingle(bytes, start + 8).ShouldBe(1);
    }

    [Fact]
    public void Mistakes_of_the_caller_are_refused()
    {
        var writer = new SafetensorsWriter();
        writer.Add("a", new float[6], [2, 3]);

        Should.Throw<ArgumentException>(() => writer.Add("a", new float[1], [1]));
        Should.Throw<ArgumentException>(() => writer.Add("b", new float[5], [2, 3]));
        Should.Throw<ArgumentException>(() => writer.Add("c", new float[6], [-2, -3]));
        Should.Throw<ArgumentException>(() => writer.Add("__metadata__", new float[1], [1]));
    }

    private static IEnumerable<double> Values(long[] shape, Random random) =>
        Enumerable.Range(0, (int)shape.Aggregate(1L, (product, size) => product * size)).Select(_ => random.NextDouble() - 0.5);

    private string Written(SafetensorsWriter writer, string name)
    {
        using var stream = File.Create(folder.At(name));
        writer.WriteTo(stream);
        return folder.At(name);
    }

    private static float[] Floats(SafetensorsFile file, string name)
    {
        var values = new float[file.Entries[name].Elements];
        file.ReadFloat32(name, values);
        return values;
    }
}
