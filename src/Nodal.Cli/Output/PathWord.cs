namespace Nodal.Cli.Output;

/// <summary>A path as one can paste it into a shell: relative where it is below the current folder, quoted where it must be.</summary>
internal static class PathWord
{
    public static string Of(string path)
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        var shorter = relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
        return shorter.All(IsPlain) ? shorter : $"'{shorter.Replace("'", @"'\''", StringComparison.Ordinal)}'";
    }

    private static bool IsPlain(char letter) => char.IsAsciiLetterOrDigit(letter) || "/\\._-+=:@%".Contains(letter, StringComparison.Ordinal);
}
