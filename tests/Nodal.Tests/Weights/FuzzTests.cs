using CsCheck;
using Nodal.Runtime;
using Nodal.Weights;

namespace Nodal.Tests.Weights;

public sealed class FuzzTests : IDisposable
{
    // A fault costs some 50 kB (messages, stack trace); the files are smaller than 2 kB. What is meant is that no length in a file is believed.
    private const long MostAllocated = 1 << 20;

    private static readonly byte[] Extremes = [0, 1, 0x7f, 0x80, 0xff, .. "09\",}"u8];
    private static readonly Gen<(int Position, byte Value)[]> Changes = Gen.Select(Gen.Int[0, 4000], Interesting()).Array[1, 4];
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_mutated_safetensors_file_opens_or_is_a_fault() => Fuzz(SafetensorsBytes.Valid(), path => SafetensorsFile.Open(path));

    [Fact]
    public void A_mutated_gguf_file_opens_or_is_a_fault() => Fuzz(GgufBytes.Valid().Build(), path => GgufFile.Open(path));

    private static Gen<byte> Interesting() => Gen.OneOf(Gen.Byte, Gen.Int[0, Extremes.Length - 1].Select(i => Extremes[i]));

    private void Fuzz(byte[] valid, Func<string, IWeightSource> open)
    {
        var opened = 0;
        var refused = 0;
        Gen.Select(Changes, Gen.Frequency((3, Gen.Const(valid.Length)), (1, Gen.Int[1, valid.Length]))).Sample(
            (changes, length) =>
            {
                var content = valid.ToArray();
                foreach (var (position, value) in changes)
                    content[position % content.Length] = value;
                var path = folder.Write(Guid.NewGuid().ToString(), content.AsSpan(0, length));
                var before = GC.GetAllocatedBytesForCurrentThread();
                Interlocked.Increment(ref ReadsWhole(open, path, length) ? ref opened : ref refused);
                (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(MostAllocated);
                File.Delete(path);
            },
            iter: 3000);

        // Both ways are walked; otherwise the mutations test nothing.
        opened.ShouldBeGreaterThan(100);
        refused.ShouldBeGreaterThan(100);
    }

    private static bool ReadsWhole(Func<string, IWeightSource> open, string path, int fileLength)
    {
        try
        {
            using var source = open(path);
            foreach (var entry in source.Entries.Values)
            {
                // Two-bit weights are the smallest: 256 in 84 bytes.
                entry.Elements.ShouldBeLessThan(fileLength * 4);
                source.ReadFloat32(entry.Name, new float[entry.Elements]);
            }

            return true;
        }
        catch (NodalException)
        {
            return false;
        }
    }
}
