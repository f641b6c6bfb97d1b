using CsCheck;
using Nodal.Patching.Fast;

namespace Nodal.Tests.Patching.Fast;

public sealed unsafe class SmallProductTests
{
    [Fact]
    public void It_is_the_matrix_product_of_any_shape_transposed_or_not_added_or_not() =>
        Gen.Select(Gen.Int[1, 11], Gen.Int[1, 5], Gen.Int[1, 9], Gen.Bool, Gen.Bool, Gen.Int[0, 1000]).Sample((rows, vectors, inner, transposed, add, seed) =>
        {
            var (columns, random) = (16 * vectors, new Random(seed));
            var (a, b, c) = (Draw(random, rows * inner), Draw(random, inner * columns), Draw(random, rows * columns));
            var expected = new double[rows * columns];
            for (var i = 0; i < expected.Length; i++)
            {
                var (row, column) = (i / columns, i % columns);
                expected[i] = add ? c[i] : 0;
                for (var k = 0; k < inner; k++)
                {
                    expected[i] += (transposed ? a[(k * rows) + row] : a[(row * inner) + k]) * b[(k * columns) + column];
                }
            }

            fixed (float* left = a, right = b, target = c)
            {
                var strided = transposed ? new Strided(left, 1, rows) : new Strided(left, inner, 1);
                SmallProduct.Multiply(strided, new RowMajor(right, inner, columns), new RowMajor(target, rows, columns), inner, add);
            }

            for (var i = 0; i < expected.Length; i++)
            {
                ((double)c[i]).ShouldBe(expected[i], 1e-5);
            }
        });

    private static float[] Draw(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextSingle()) - 1)];
}
