namespace Nodal.Evaluation.Statistics;

/// <summary>Order of numbers that come from float32: two ways to compute the same one differ in its last bits, and are a tie.</summary>
internal static class Rounded
{
    /// <summary>What float32 makes of two equal numbers, relative to them.</summary>
    private const double Rounding = 1e-5;

    /// <summary>1 where a number is above another, −1 where it is below, 0 where they are the same but for rounding.</summary>
    /// <param name="value">A logit, or nats.</param>
    /// <param name="other">Another; below 1 the rounding is that of 1, for both come from logits of that size or more.</param>
    public static int Compare(double value, double other) => Math.Abs(value - other) <= Rounding * Math.Max(1, Math.Abs(other)) ? 0 : value > other ? 1 : -1;
}
