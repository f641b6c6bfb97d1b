using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Nodal.Cli.Output;
using Nodal.Runtime;
using Spectre.Console;

namespace Nodal.Cli.CommandLine;

/// <summary>One call of a command: what was given, where its output goes, when to stop.</summary>
internal sealed record Invocation(ParseResult Parsed, Terminal Terminal, CancellationToken Cancellation)
{
    private bool Json => Value(CommonOptions.Json);

    private bool Verbose => Value(CommonOptions.Verbose);

    public T? Value<T>(Option<T> option) => Parsed.GetValue(option);

    public T Value<T>(Argument<T> argument) => Parsed.GetValue(argument)!;

    /// <summary>Where news of long work goes; <see langword="null"/> with --quiet.</summary>
    public ProgressLines? Progress() => Value(CommonOptions.Quiet) ? null : new ProgressLines(Terminal.Error, Terminal.Time, Verbose);

    /// <summary>Loads libtorch, so that a machine that cannot load it hears so first.</summary>
    public static void PrepareTorch() => NativeLibtorch.Load();

    /// <summary>Prints the result: one JSON document, or prose.</summary>
    /// <returns>Exit code 0.</returns>
    public int Finish<T>(T document, Action<IAnsiConsole> prose)
    {
        if (Json)
        {
            Terminal.Documents.WriteLine(JsonSerializer.Serialize(document, NodalJson.Options));
        }
        else
        {
            prose(Terminal.Output);
        }

        return 0;
    }

    /// <summary>A document with more fields at its end.</summary>
    public static JsonNode With<T>(T document, params ReadOnlySpan<(string Name, string Value)> fields)
    {
        var whole = JsonSerializer.SerializeToNode(document, NodalJson.Options)!;
        foreach (var (name, value) in fields)
        {
            whole[name] = value;
        }

        return whole;
    }
}
