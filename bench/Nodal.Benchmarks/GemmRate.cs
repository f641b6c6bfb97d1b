using System.Diagnostics;
using Nodal.Runtime;
using static TorchSharp.torch;

namespace Nodal.Benchmarks;

/// <summary>What the machine's own matrix product reaches now: the yardstick for arithmetic.</summary>
internal static class GemmRate
{
    private const int Rows = 320;
    private const int Inner = 768;
    private const int Columns = 3072;
    private const int PiecesPerThread = 4;
    private const double FlopsOfOne = 2.0 * Rows * Inner * Columns;

    /// <summary>The product measured: half a batch of 32 × 20 tokens through the first map of GPT-2 small's MLP.</summary>
    public static string Shape => $"{Rows} × {Inner} × {Columns}";

    /// <summary>GFLOP/s of all threads together, each with single-threaded products of its own, as <see cref="Workers"/> does it.</summary>
    /// <param name="threads">Threads side by side.</param>
    /// <param name="precision">Of both factors and the result.</param>
    /// <param name="repeats">Measurements.</param>
    /// <param name="seconds">About how long each takes.</param>
    public static Repeats Measure(int threads, ScalarType precision, int repeats, double seconds)
    {
        using var scope = NewDisposeScope();
        var workers = new Workers(threads);
        var left = ones(Rows, Inner).to(precision);
        var right = ones(Inner, Columns).to(precision);
        var products = Math.Max(1, (int)(seconds / PiecesPerThread / SecondsOfOne(left, right)));
        int[] pieces = [.. Enumerable.Repeat(products, threads * PiecesPerThread)];
        var measured = Repeats.Seconds(repeats, () => workers.Map(pieces, count => Multiply(left, right, count)));
        var flops = FlopsOfOne * pieces.Sum() / 1e9;
        return new Repeats(flops / measured.Median, flops / measured.Largest, flops / measured.Smallest);
    }

    private static double SecondsOfOne(Tensor left, Tensor right)
    {
        Multiply(left, right, 1);
        var start = Stopwatch.GetTimestamp();
        Multiply(left, right, 1);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static int Multiply(Tensor left, Tensor right, int count)
    {
        for (var i = 0; i < count; i++)
        {
            mm(left, right).Dispose();
        }

        return count;
    }
}
