using Nodal.Tasks;

namespace Nodal.Tests.Tasks;

public sealed class DropCounterTests
{
    [Fact]
    public void Counts_by_reason_in_order_and_keeps_three_examples()
    {
        var drops = new DropCounter();
        drops.Add("late", "a");
        drops.Add("long", "b");
        foreach (var example in new[] { "c", "d", "e" })
        {
            drops.Add("late", example);
        }

        var counted = drops.ToImmutable();
        counted.Select(dropped => (dropped.Reason, dropped.Count)).ShouldBe([("late", 4), ("long", 1)]);
        counted[0].Examples.ShouldBe(["a", "c", "d"]);
        drops.Describe().ShouldBe("4 times late (a); 1 times long (b)");
    }
}
