namespace Nodal.Evaluation;

/// <summary>Which of some circuits no other one beats.</summary>
internal static class ParetoFront
{
    /// <summary>For each point whether none is at least as small and at least as faithful and better in one of the two.</summary>
    /// <param name="points">Size and KL; less is better in both.</param>
    public static bool[] Of(IReadOnlyList<(double Size, double Kl)> points) =>
        [.. points.Select(point => !points.Any(other => other.Size <= point.Size && other.Kl <= point.Kl && other != point))];
}
