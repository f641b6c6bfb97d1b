namespace Nodal.Runtime;

/// <summary>Whose mistake a fault is; the tool turns it into an exit code.</summary>
public enum FaultKind
{
    /// <summary>A file, model, task or machine is not as it must be (exit code 1).</summary>
    Input,

    /// <summary>An option or argument is not as it must be (exit code 2).</summary>
    Usage,
}

/// <summary>A fault a person can act on: its message says what was wrong, what was found, what was expected and what to do.</summary>
public sealed class NodalException : Exception
{
    /// <summary>Makes the fault from its four parts; see <see cref="Throw"/>.</summary>
    public NodalException(FaultKind kind, string what, string found, string expected, string remedy, Exception? cause = null)
        : base($"{what}: found {found}; expected {expected}. {remedy}.", cause) => (Kind, What, Found) = (kind, what, found);

    /// <summary>Whose mistake it is.</summary>
    public FaultKind Kind { get; }

    /// <summary>What was wrong, as part of a sentence.</summary>
    public string What { get; }

    /// <summary>What was found, as part of a sentence.</summary>
    public string Found { get; }

    /// <summary>Both, for a sentence about something that goes on without what failed.</summary>
    internal string Finding => $"{What} ({Found})";
}
