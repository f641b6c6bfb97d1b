namespace Nodal.Runtime;

/// <summary>Sees whether values of options can work.</summary>
internal static class OptionChecks
{
    /// <summary>Refuses options with values that cannot work, all of them at once.</summary>
    /// <param name="what">Whose values they are: <c>the ranking's options</c>.</param>
    /// <param name="checks">Each value, whether it can work, and what is said of it, in every culture alike, where it cannot: <c>steps 0 (at least 1)</c>.</param>
    /// <exception cref="NodalException">A value cannot work.</exception>
    public static void Require(string what, params (bool Good, FormattableString Fault)[] checks)
    {
        var faults = checks.Where(check => !check.Good).Select(check => FormattableString.Invariant(check.Fault)).ToArray();
        if (faults.Length > 0)
        {
            Throw.Usage($"{what} cannot work", found: string.Join("; ", faults), expected: "values in the ranges named", remedy: "Correct them");
        }
    }
}
