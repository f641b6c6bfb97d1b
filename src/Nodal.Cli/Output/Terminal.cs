using Spectre.Console;

namespace Nodal.Cli.Output;

/// <summary>Where the tool writes: prose and documents to stdout, progress and faults to stderr.</summary>
/// <param name="Output">Prose on stdout.</param>
/// <param name="Error">Stderr.</param>
/// <param name="Documents">Stdout as it is, for JSON.</param>
/// <param name="Time">The clock.</param>
internal sealed record Terminal(IAnsiConsole Output, IAnsiConsole Error, TextWriter Documents, TimeProvider Time)
{
    /// <summary>Wide enough that no table or sentence wraps in a file.</summary>
    private const int WidthOfFile = 1000;

    public static Terminal OfProcess() => new(
        Of(Console.Out, Console.IsOutputRedirected), Of(Console.Error, Console.IsErrorRedirected), Console.Out, TimeProvider.System);

    /// <summary>A console on a writer; in a file there is no colour, no control code and no line of fixed width.</summary>
    public static IAnsiConsole Of(TextWriter writer, bool redirected)
    {
        if (!redirected)
        {
            return AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(new TrimmedLines(writer)),
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        console.Profile.Width = WidthOfFile;
        console.Profile.Capabilities.Unicode = true;
        return console;
    }
}
