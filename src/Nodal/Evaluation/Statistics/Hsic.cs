namespace Nodal.Evaluation.Statistics;

/// <summary>The Hilbert-Schmidt independence criterion of two variables, and its permutation test: sees any kind of dependence, not the linear one alone.</summary>
/// <remarks>
/// Gretton et al. 2005, "Measuring statistical dependence with Hilbert-Schmidt norms": HSIC = tr(K H L H) / (n − 1)² with K_ij = exp(−(x_i − x_j)² / 2σ²), L likewise of y and H = I − 1/n.
/// σ is the median distance between two values of the variable (Gretton et al. 2007). Permuting y against x gives the distribution under independence; the observed order counts as one of the
/// permutations, so that the p-value is exact and never 0 (Phipson and Smyth 2010).
/// </remarks>
internal sealed class Hsic
{
    /// <summary>Permuted values that differ from the observed one by rounding alone count as equal.</summary>
    private const double Rounding = 1e-10;

    private readonly int _count;
    private readonly double[] _centred;   // (n, n): H K H
    private readonly double[] _kernel;    // (n, n): L

    /// <param name="x">(n), n at least 2.</param>
    /// <param name="y">(n).</param>
    public Hsic(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        _count = x.Count;
        _centred = Kernel(x);
        Centre(_centred, _count);
        _kernel = Kernel(y);
    }

    /// <summary>The statistic, at least 0; 0 where one variable does not vary.</summary>
    public double Statistic => Of([.. Enumerable.Range(0, _count)]);

    /// <summary>Share of permutations, the observed order among them, whose statistic is at least the observed one.</summary>
    /// <param name="permutations">How many are drawn.</param>
    /// <param name="seed">Of the drawing.</param>
    /// <param name="cancellation">Looked at between permutations.</param>
    public double PValue(int permutations, int seed, CancellationToken cancellation = default)
    {
        var order = Enumerable.Range(0, _count).ToArray();
        var observed = Of(order);
        var random = new Random(seed);
        var atLeast = 1;
        for (var permutation = 0; permutation < permutations; permutation++)
        {
            cancellation.ThrowIfCancellationRequested();
            random.Shuffle(order);
            atLeast += Of(order) >= observed - Rounding ? 1 : 0;
        }

        return (double)atLeast / (permutations + 1);
    }

    /// <summary>Median distance between two of some values; where most are equal, the median of the distances that are not 0, and 1 where none is.</summary>
    internal static double Bandwidth(IReadOnlyList<double> values)
    {
        var distances = new double[values.Count * (values.Count - 1) / 2];
        var next = 0;
        for (var i = 0; i < values.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                distances[next++] = Math.Abs(values[i] - values[j]);
            }
        }

        var median = Median(distances);
        return median > 0 ? median : Median(Array.FindAll(distances, distance => distance > 0)) is > 0 and var positive ? positive : 1;
    }

    /// <summary>tr(H K H · L permuted) / (n − 1)²; both matrices are symmetric.</summary>
    private double Of(int[] order)
    {
        double diagonal = 0;
        double below = 0;
        for (var i = 0; i < _count; i++)
        {
            var row = _centred.AsSpan(i * _count, _count);
            var permuted = _kernel.AsSpan(order[i] * _count, _count);
            for (var j = 0; j < i; j++)
            {
                below += row[j] * permuted[order[j]];
            }

            diagonal += row[i];           // the kernel of a value with itself is 1
        }

        return Math.Max(0, diagonal + (2 * below)) / ((_count - 1.0) * (_count - 1.0));
    }

    private static double[] Kernel(IReadOnlyList<double> values)
    {
        var (count, bandwidth) = (values.Count, Bandwidth(values));
        var kernel = new double[count * count];
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++)
            {
                var distance = (values[i] - values[j]) / bandwidth;
                kernel[(i * count) + j] = Math.Exp(-distance * distance / 2);
            }
        }

        return kernel;
    }

    /// <summary>K − row means − column means + mean, in place.</summary>
    private static void Centre(double[] kernel, int count)
    {
        double[] means = [.. Enumerable.Range(0, count).Select(row => kernel.AsSpan(row * count, count).ToArray().Average())];
        var mean = means.Average();
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++)
            {
                kernel[(i * count) + j] += mean - means[i] - means[j];
            }
        }
    }

    private static double Median(double[] values)
    {
        if (values.Length == 0)
        {
            return 0;
        }

        Array.Sort(values);
        var middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
