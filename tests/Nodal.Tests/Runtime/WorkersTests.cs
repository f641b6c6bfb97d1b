using Nodal.Runtime;

namespace Nodal.Tests.Runtime;

public sealed class WorkersTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Results_stand_in_the_order_of_the_items(int threads)
    {
        int[] items = [.. Enumerable.Range(0, 100)];

        new Workers(threads).Map(items, item => item * item).ShouldBe(items.Select(item => item * item));
    }

    [Fact]
    public void A_fault_of_one_item_is_the_fault_of_all()
    {
        Should.Throw<FormatException>(() => new Workers(2).Map([1, 2, 3], item => item == 2 ? throw new FormatException("two") : item)).Message.ShouldBe("two");
    }

    [Fact]
    public void Cancellation_ends_the_work()
    {
        using var source = new CancellationTokenSource();
        Should.Throw<OperationCanceledException>(() => new Workers(2).Map([.. Enumerable.Range(0, 1000)], item =>
        {
            source.Cancel();
            return item;
        }, source.Token));
    }

    [Fact]
    public void Less_than_one_thread_is_refused() => Should.Throw<NodalException>(() => new Workers(0)).Kind.ShouldBe(FaultKind.Usage);
}
