using Nodal.Patching;

namespace Nodal.Benchmarks;

/// <summary>How far one form of a step is from another on the same pairs and gates.</summary>
/// <param name="ReferenceKl">KL of the form it is compared with, nats.</param>
/// <param name="Kl">Its own KL, nats.</param>
/// <param name="GradientDistance">Largest difference of gradients, as a share of the largest gradient; gates that are exactly 0 are left out, for engines need not compute them.</param>
internal sealed record Agreement(double ReferenceKl, double Kl, double GradientDistance)
{
    /// <summary>Difference of the KLs as a share of the reference.</summary>
    public double KlDistance => Math.Abs(Kl - ReferenceKl) / ReferenceKl;

    /// <summary>Whether both distances are within a tolerance; false where one is no number.</summary>
    public bool Within(double tolerance) => KlDistance <= tolerance && GradientDistance <= tolerance;

    /// <summary>Takes one step with each.</summary>
    public static Agreement Of(IGateGradient reference, IGateGradient other, int[] batch, double[] gates)
    {
        var (expected, actual) = (new double[gates.Length], new double[gates.Length]);
        var kl = (Reference: reference.Step(batch, gates, expected), Own: other.Step(batch, gates, actual));
        var compared = Enumerable.Range(0, gates.Length).Where(gate => gates[gate] != 0).ToArray();
        var largest = compared.Max(gate => Math.Abs(expected[gate]));
        return new Agreement(kl.Reference, kl.Own, compared.Max(gate => Math.Abs(expected[gate] - actual[gate])) / largest);
    }
}
