using System.Text.RegularExpressions;

namespace Nodal.Tests.Repository;

/// <summary>The design's order of folders: each uses only folders in rows below its own; the one exception is that circuits may use gates.</summary>
internal static partial class FolderDiagram
{
    private static readonly string[][] Rows =
    [
        ["Reports", "Shrinking", "Comparison"],
        ["Runs"],
        ["Evaluation"],
        ["Discovery"],
        ["Patching"],
        ["Circuits", "Gates"],
        ["Models", "Tasks"],
        ["Weights", "Tokenization"],
        ["Runtime"],
    ];

    /// <summary>Whether the folder stands in the diagram.</summary>
    public static bool Knows(string folder) => Row(folder) >= 0;

    /// <summary>Whether sources in one folder may name another; a folder may name itself.</summary>
    public static bool Allows(string from, string to) => from == to || (from, to) == ("Circuits", "Gates") || Row(to) > Row(from);

    /// <summary>Folders of the library that a source names: in a using directive, an alias, a documentation reference or a qualified name.</summary>
    public static IEnumerable<string> Named(string source) => QualifiedName().Matches(source).Select(match => match.Groups[1].Value).Where(Knows).Distinct();

    private static int Row(string folder) => Array.FindIndex(Rows, row => row.Contains(folder));

    // Inside the library the shorter X.Type would compile too; it is not counted, because members bear these words as well (Gates.Count).
    [GeneratedRegex(@"(?<![\w.])Nodal\.([A-Z]\w*)")]
    private static partial Regex QualifiedName();
}
