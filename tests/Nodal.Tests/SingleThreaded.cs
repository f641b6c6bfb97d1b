using System.Runtime.CompilerServices;
using Nodal.Runtime;

namespace Nodal.Tests;

/// <summary>Tensors of tests are tiny: a second thread brings nothing, and on a busy machine waiting for it takes most of the time.</summary>
internal static class SingleThreaded
{
    [ModuleInitializer]
    internal static void Install() => TorchThreads.IntraOp = 1;
}
