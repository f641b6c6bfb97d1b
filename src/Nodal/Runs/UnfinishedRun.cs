using Nodal.Runtime;

namespace Nodal.Runs;

/// <summary>Says of a fault that ended a run whether the run can be resumed, and where it is.</summary>
public static class UnfinishedRun
{
    private const string Key = "Nodal.UnfinishedRun";

    /// <summary>The run folder that <see cref="DiscoveryRun.Resume"/> takes, or <see langword="null"/> where the fault has left none.</summary>
    /// <param name="fault">What <see cref="DiscoveryRun"/> has thrown, cancellation included.</param>
    public static string? Of(Exception fault) => fault.Data[Key] as string;

    /// <summary>Lets nothing be lost, whatever ends the work, and says of the fault what is left.</summary>
    internal static RunResult Kept(RunFolder run, Func<RunResult> work)
    {
        try
        {
            return work();
        }
        catch (Exception fault)
        {
            var shortage = MemoryShortage.Of(fault);
            if (run.CanResume)
            {
                (shortage ?? fault).Data[Key] = run.Path;
            }
            else
            {
                run.Discard();
            }

            if (shortage is not null)
            {
                throw shortage;
            }

            throw;
        }
    }
}
