using System.Globalization;
using TorchSharp;

namespace Nodal.Runtime;

/// <summary>How many threads one tensor operation may use.</summary>
public static class TorchThreads
{
    /// <summary>
    /// Threads inside one operation, at least 1; default: the physical cores. Part of what makes a run repeat bit by bit. OpenMP keeps the number a thread: setting it
    /// changes the calling thread and threads that start tensor work later, not those already at it.
    /// </summary>
    /// <exception cref="NodalException">Less than 1 is asked for.</exception>
    public static int IntraOp
    {
        get => torch.get_num_threads();
        set
        {
            if (value < 1)
            {
                Throw.Usage("The number of threads is too small", found: value.ToString(CultureInfo.InvariantCulture), expected: "1 or more", remedy: "Leave it out for all cores");
            }

            torch.set_num_threads(value);
        }
    }
}
