using Nodal.Circuits;
using Nodal.Runtime;

namespace Nodal.Runs;

/// <summary>Where a circuit may be written: to a new file, or over a circuit that is not a run's own.</summary>
internal static class CircuitPlace
{
    /// <exception cref="NodalException">Something would be lost.</exception>
    public static void Check(string path)
    {
        if (File.Exists(path) && Held(path) is { } held)
        {
            Throw.Usage($"{path} would be lost", found: held, expected: "the name of a new file, or of a circuit to replace", remedy: "Name another file");
        }
    }

    private static string? Held(string path)
    {
        try
        {
            CircuitFile.ReadProvenance(path);
        }
        catch (NodalException)
        {
            return "a file that is no circuit";
        }

        return Path.GetFullPath(path) == FinishedRun.Of(path)?.CircuitPath ? "the circuit of a run" : null;
    }
}
