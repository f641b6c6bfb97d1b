using System.CommandLine;
using Nodal.Cli.CommandLine;

namespace Nodal.Cli.Commands;

/// <summary><c>nodal model</c>: what a model is, and whether its files are sound.</summary>
internal static class ModelCommand
{
    public static Command Create(CommandRunner runner) => new ToolCommand(
        "model", "Describes a model, or checks its files.",
        "nodal model show stories260K", "nodal model verify SmolLM2-135M-Instruct.Q4_1.gguf")
    {
        ModelShowCommand.Create(runner),
        ModelVerifyCommand.Create(runner),
    };
}
