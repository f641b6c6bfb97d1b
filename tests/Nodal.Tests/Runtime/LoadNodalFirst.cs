using System.Runtime.CompilerServices;

namespace Nodal.Tests.Runtime;

/// <summary>Tests may touch a tensor before any code of Nodal has run; this makes Nodal's loader stand ready.</summary>
internal static class LoadNodalFirst
{
    [ModuleInitializer]
    internal static void Install() => RuntimeHelpers.RunModuleConstructor(typeof(Nodal.Runtime.NativeLibtorch).Module.ModuleHandle);
}
