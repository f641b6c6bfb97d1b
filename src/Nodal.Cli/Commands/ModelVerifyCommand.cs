using System.CommandLine;
using Nodal.Cli.CommandLine;
using Nodal.Cli.Output;
using Nodal.Runs;
using Spectre.Console;

namespace Nodal.Cli.Commands;

/// <summary><c>nodal model verify</c>.</summary>
internal static class ModelVerifyCommand
{
    public static Command Create(CommandRunner runner)
    {
        var model = TargetOptions.ModelArgument();
        var command = new ToolCommand(
            "verify", "Reads every tensor of a model, looks for NaN and infinity, runs a short prompt, and takes text through the tokenizer and back.",
            "nodal model verify", "nodal model verify SmolLM2-135M-Instruct.Q4_1.gguf --json")
        {
            model,
        };
        runner.SetAction(command, call => Run(call, call.Value(model)));
        return command;
    }

    private static int Run(Invocation call, string reference)
    {
        var verified = call.Work(progress => ModelVerification.Execute(reference, progress, call.Cancellation));
        return call.Finish(verified, console => Write(console, verified));
    }

    private static void Write(IAnsiConsole console, VerifiedModel model) => console.Facts(
    [
        ("model", $"{model.Model} is sound"),
        ("SHA-256", model.Hash),
        ("tensors", $"{model.Tensors}, {Figures.Count(model.Elements)} elements, all finite"),
        ("tokenizer", model.Tokenizer is null ? "none: tasks cannot be made for this model" : $"{model.Tokenizer}, gives its text back"),
        ("prompt", $"{model.Prompt}{(model.MostLikely is null ? "" : $", most likely next: {model.MostLikely}")}"),
    ]);
}
