namespace Nodal.Patching.Fast;

/// <summary>Sizes of rows and matrices. Every row is a whole number of vectors long; what is beyond its end is 0.</summary>
internal static class Lanes
{
    /// <summary>Elements of one vector.</summary>
    public const int Width = 16;

    /// <summary>The next whole number of vectors.</summary>
    public static int Pad(int count) => RoundUp(count, Width);

    /// <summary>
    /// The next size from a small set. libtorch compiles a kernel for each shape of a bfloat16 product, which takes longer than most products here: with few shapes it does so once.
    /// </summary>
    public static int PadShape(int count) => RoundUp(count, count <= 128 ? Width : count <= 512 ? 2 * Width : 4 * Width);

    private static int RoundUp(int count, int multiple) => (count + multiple - 1) / multiple * multiple;
}
