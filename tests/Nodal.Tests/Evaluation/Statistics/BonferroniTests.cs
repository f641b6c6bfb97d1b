using Nodal.Evaluation.Statistics;

namespace Nodal.Tests.Evaluation.Statistics;

public sealed class BonferroniTests
{
    [Fact]
    public void Each_value_is_multiplied_by_their_number_up_to_one()
    {
        var adjusted = Bonferroni.Adjust([0.01, 0.2, 0.5]);

        adjusted[0].ShouldBe(0.03, 1e-15);
        adjusted[1].ShouldBe(0.6, 1e-15);
        adjusted[2].ShouldBe(1);
    }

    [Fact]
    public void One_test_alone_needs_no_correction() => Bonferroni.Adjust([0.04]).ShouldBe([0.04]);
}
