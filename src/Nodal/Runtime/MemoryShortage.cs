using System.Runtime.InteropServices;

namespace Nodal.Runtime;

/// <summary>Recognises the faults by which .NET and libtorch say that no memory is left.</summary>
public static class MemoryShortage
{
    // libtorch has no type of its own for it that TorchSharp would hand on, only these words.
    private static readonly string[] WordsOfTorch = ["not enough memory", "can't allocate memory", "Cannot allocate memory", "out of memory", "bad_alloc"];

    /// <summary>The fault as a sentence with what to do, or <see langword="null"/> where it is another.</summary>
    public static NodalException? Of(Exception fault) => Found(fault) is { } found
        ? new NodalException(
            FaultKind.Input, "memory ran out", found, expected: "enough for the model, the activations kept and one batch",
            remedy: "End other programs, or start a run that needs less, with a smaller --memory or --batch", fault)
        : null;

    private static string? Found(Exception fault) => fault switch
    {
        OutOfMemoryException => "none left for .NET's heap",
        ExternalException when WordsOfTorch.Any(word => fault.Message.Contains(word, StringComparison.OrdinalIgnoreCase)) => fault.Message.Split('\n')[0].Trim().TrimEnd('.'),
        _ => null,
    };
}
