using Nodal.Cli.Output;
using Spectre.Console;

namespace Nodal.EndToEnd.Output;

/// <summary>What the tool writes into a file.</summary>
internal static class ConsoleText
{
    public static string Of(Action<IAnsiConsole> write)
    {
        using var text = new StringWriter { NewLine = "\n" };
        write(Terminal.Of(text, redirected: true));
        return text.ToString();
    }
}
