using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using TorchSharp;

namespace Nodal.Runtime;

/// <summary>Loads libtorch, also on systems whose C++ library is older than TorchSharp's package asks for.</summary>
/// <remarks>
/// The runtime asks <see cref="AssemblyLoadContext.ResolvingUnmanagedDll"/> only after its own search has failed. Nodal answers for TorchSharp's native library,
/// so a system that needs no help never gets here. It takes effect when code of this assembly first runs; a program that uses tensors before that
/// calls <see cref="Load"/> first.
/// </remarks>
public static class NativeLibtorch
{
    private const string LibraryName = "LibTorchSharp";
    private static readonly Lock Gate = new();
    private static nint handle;
    private static NativeLibtorchReport? recorded;

    /// <summary>What happened up to now.</summary>
    public static NativeLibtorchReport Report
    {
        get
        {
            lock (Gate)
            {
                return recorded ?? (LoadedPath() is { } path
                    ? new NativeLibtorchReport(NativeLoad.Normal, path, "")
                    : new NativeLibtorchReport(NativeLoad.NotYet, null, ""));
            }
        }
    }

    /// <summary>Loads libtorch now, rather than at the first tensor, and says how; later calls cost little.</summary>
    /// <exception cref="NodalException">It does not load; the message gives the first cause.</exception>
    public static NativeLibtorchReport Load()
    {
        var assembly = typeof(torch).Assembly;
        _ = NativeLibrary.TryLoad("torch_cpu", assembly, null, out _);
        if (!NativeLibrary.TryLoad(LibraryName, assembly, null, out _))
        {
            Throw.Input(
                "libtorch does not load", found: recorded?.Reason ?? "no TorchSharp library that this system can load",
                expected: "TorchSharp's native library beside the program, with a libtorch package of the same version",
                remedy: "Add the package libtorch-cpu-linux-x64 (or the one for your system) to the program, and run nodal doctor");
        }

        return Report;
    }

    [ModuleInitializer]
    internal static void Install() =>
        (AssemblyLoadContext.GetLoadContext(typeof(NativeLibtorch).Assembly) ?? AssemblyLoadContext.Default).ResolvingUnmanagedDll += Resolve;

    private static nint Resolve(Assembly assembly, string name)
    {
        if (name != LibraryName || !OperatingSystem.IsLinux())
        {
            return 0;
        }

        lock (Gate)
        {
            if (handle == 0)
            {
                (handle, recorded) = Attempt(NativeFolders(assembly));
            }

            return handle;
        }
    }

    private static (nint Handle, NativeLibtorchReport Report) Attempt(IReadOnlyList<string> folders)
    {
        try
        {
            var (loaded, path, reason) = AdaptedLibrary.Load(folders);
            return (loaded, new NativeLibtorchReport(reason.Length > 0 ? NativeLoad.AdaptedCopy : NativeLoad.Normal, path, reason));
        }
        catch (Exception fault) when (fault is NodalException or DllNotFoundException or IOException or UnauthorizedAccessException)
        {
            return (0, new NativeLibtorchReport(NativeLoad.Failed, null, FirstCause(fault.Message)));
        }
    }

    /// <summary>The loader's own sentence: the runtime puts general advice on the lines before it.</summary>
    internal static string FirstCause(string message) =>
        message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault("no reason given").TrimEnd('.');

    private static List<string> NativeFolders(Assembly assembly)
    {
        var known = (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return [.. known, AppContext.BaseDirectory, .. Path.GetDirectoryName(assembly.Location) is { Length: > 0 } beside ? new[] { beside } : []];
    }

    private static string? LoadedPath()
    {
        using var process = Process.GetCurrentProcess();
        return process.Modules.Cast<ProcessModule>().FirstOrDefault(module => module.ModuleName.Contains(LibraryName, StringComparison.Ordinal))?.FileName;
    }
}
