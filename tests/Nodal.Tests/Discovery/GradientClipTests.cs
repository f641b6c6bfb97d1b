using Nodal.Discovery;

namespace Nodal.Tests.Discovery;

public sealed class GradientClipTests
{
    // The norm of (3, 4) is 5; PyTorch divides by 5 + 1e-6.
    [Fact]
    public void A_long_gradient_is_shortened_to_the_largest_norm()
    {
        double[] gradient = [3, 4];
        GradientClip.Apply(gradient, 1);
        gradient[0].ShouldBe(3 / 5.000001, 1e-15);
        gradient[1].ShouldBe(4 / 5.000001, 1e-15);
    }

    [Fact]
    public void A_short_one_is_left_as_it_is()
    {
        double[] gradient = [0.3, -0.4];
        GradientClip.Apply(gradient, 1);
        gradient.ShouldBe([0.3, -0.4]);

        double[] nothing = [0, 0];
        GradientClip.Apply(nothing, 1);
        nothing.ShouldBe([0, 0]);
    }
}
