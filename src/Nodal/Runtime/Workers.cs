using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Nodal.Runtime;

/// <summary>Does independent pieces of tensor work side by side, each on one thread of its own with single-threaded operations.</summary>
/// <remarks>
/// Pieces of a batch need no barrier between them, unlike the threads inside an operation, whose OpenMP barriers collapse as soon as another program wants a core.
/// Results come in the order of the items, so that sums over them have the same bits whichever thread did what.
/// </remarks>
internal sealed class Workers
{
    /// <summary>A number of threads; sets the operations of the calling thread to one thread as well.</summary>
    /// <param name="count">At least 1; default the machine's cores.</param>
    /// <exception cref="NodalException">Less than 1 is asked for.</exception>
    public Workers(int? count = null)
    {
        if (count < 1)
        {
            Throw.Usage("The number of threads is too small", found: $"{count}", expected: "1 or more", remedy: "Leave it out for all cores");
        }

        Count = count ?? Environment.ProcessorCount;
        TorchThreads.IntraOp = 1;
    }

    /// <summary>Threads.</summary>
    public int Count { get; }

    /// <summary>One result per item, in their order.</summary>
    /// <param name="items">What to work on; each on whichever thread is free.</param>
    /// <param name="work">Makes tensors only in a dispose scope of its own.</param>
    /// <param name="cancellation">Looked at between items.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public TResult[] Map<TItem, TResult>(IReadOnlyList<TItem> items, Func<TItem, TResult> work, CancellationToken cancellation = default)
    {
        var results = new TResult[items.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Count, CancellationToken = cancellation };
        try
        {
            var positions = Partitioner.Create(Enumerable.Range(0, items.Count), EnumerablePartitionerOptions.NoBuffering);
            Parallel.ForEach(positions, options, i =>
            {
                TorchThreads.IntraOp = 1;
                results[i] = work(items[i]);
            });
        }
        catch (AggregateException faults)
        {
            ExceptionDispatchInfo.Throw(faults.InnerExceptions[0]);
        }

        return results;
    }
}
