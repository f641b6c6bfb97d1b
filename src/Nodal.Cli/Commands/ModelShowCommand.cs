using System.CommandLine;
using Nodal.Cli.CommandLine;
using Nodal.Cli.Output;
using Nodal.Models;
using Spectre.Console;

namespace Nodal.Cli.Commands;

/// <summary><c>nodal model show</c>.</summary>
internal static class ModelShowCommand
{
    public static Command Create(CommandRunner runner)
    {
        var model = TargetOptions.ModelArgument();
        var command = new ToolCommand(
            "show", "Prints a model's dimensions, parameters by part, gates of each granularity, hash and tokenizer.",
            "nodal model show", "nodal model show SmolLM2-135M-Instruct.Q4_1.gguf --json")
        {
            model,
        };
        runner.SetAction(command, call => Run(call, call.Value(model)));
        return command;
    }

    private static int Run(Invocation call, string reference)
    {
        var description = call.Work(reference, (model, _) => ModelDescription.Of(model));
        return call.Finish(description, console => Write(console, description));
    }

    private static void Write(IAnsiConsole console, ModelDescription model)
    {
        var config = model.Config;
        var groups = config.GroupSize == 1 ? "" : $" over {Figures.Count(config.KeyValueHeads, "key/value head")}";
        console.Facts(
        [
            ("model", model.Model),
            ("path", model.Path),
            ("format", model.Format),
            ("SHA-256", model.Hash),
            ("tokenizer", model.Tokenizer ?? "none"),
            ("layers", $"{config.Layers} of width {config.Width}"),
            ("attention", $"{Figures.Count(config.Heads, "head")} of {config.HeadWidth} dimensions{groups}{(config.Bidirectional ? ", bidirectional" : "")}"),
            ("MLP", $"{Figures.Count(config.HiddenWidth, "hidden neuron")}, {config.Activation}{(config.GatedMlp ? ", gated" : "")}"),
            ("norm", config.Norm == NormKind.None ? "none" : $"{config.Norm}, epsilon {config.NormEpsilon}"),
            ("vocabulary", $"{Figures.Count(config.VocabularySize)} tokens, prompts of up to {Figures.Count(config.ContextLength)}"),
            .. config.OutputSize == config.VocabularySize ? [] : new[] { ("outputs", Figures.Count(config.OutputSize)) },
            ("parameters of blocks", Figures.Count(model.Parameters.Blocks)),
            ("parameters of embeddings", Figures.Count(model.Parameters.Embeddings)),
            ("parameters of norms", Figures.Count(model.Parameters.Norms)),
            ("parameters of the LM head", config.TiedEmbeddings ? "0 (it is the token embedding)" : Figures.Count(model.Parameters.Head)),
            ("all parameters", Figures.Count(model.Parameters.Total)),
            .. model.Gates.Select(count => ($"gates, {GranularityWords.Of(count.Key)}", Figures.Count(count.Value))),
            ("all gates", Figures.Count(model.Gates.Values.Sum())),
        ]);
    }
}
