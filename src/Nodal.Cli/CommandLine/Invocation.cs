using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Nodal.Cli.Output;
using Nodal.Models;
using Nodal.Runs;
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

    /// <summary>Does the long work of a command; its news go to stderr, where the last line has ended when this returns.</summary>
    /// <remarks>Libtorch is loaded first, so that a machine that cannot load it hears so before anything else.</remarks>
    /// <param name="work">Given where news go, <see langword="null"/> with --quiet.</param>
    public T Work<T>(Func<ProgressLines?, T> work)
    {
        NativeLibtorch.Load();
        using var progress = Value(CommonOptions.Quiet) ? null : new ProgressLines(Terminal.Error, Terminal.Time, Verbose);
        return work(progress);
    }

    /// <summary>The same with a model.</summary>
    /// <param name="reference">Which one.</param>
    /// <param name="work">Given the model, and where news go.</param>
    public T Work<T>(string reference, Func<LoadedModel, ProgressLines?, T> work) => Work(progress =>
    {
        progress?.Report(new RunProgress(RunPhase.LoadingModel, reference));
        using var model = ModelLoader.Load(reference);
        return work(model, progress);
    });

    /// <summary>Prints the result: one JSON document, or prose.</summary>
    /// <param name="document">The result.</param>
    /// <param name="prose">Writes it for a person.</param>
    /// <param name="well">Whether all that was asked for went well.</param>
    /// <returns>The exit code.</returns>
    public int Finish<T>(T document, Action<IAnsiConsole> prose, bool well = true)
    {
        if (Json)
        {
            Terminal.Documents.WriteLine(JsonSerializer.Serialize(document, NodalJson.Options));
        }
        else
        {
            prose(Terminal.Output);
        }

        return well ? 0 : FaultReport.Failure;
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
