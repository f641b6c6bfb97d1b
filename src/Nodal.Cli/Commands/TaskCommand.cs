using System.CommandLine;
using Nodal.Cli.CommandLine;

namespace Nodal.Cli.Commands;

/// <summary><c>nodal task</c>: what tasks there are, and their pairs.</summary>
internal static class TaskCommand
{
    public static Command Create(CommandRunner runner) => new ToolCommand(
        "task", "Lists tasks, makes their pairs, checks whether a model can do them.",
        "nodal task list", "nodal task make ioi --model model.gguf --pairs 300 --out ioi.jsonl", "nodal task check ioi --model model.gguf")
    {
        TaskListCommand.Create(runner),
        TaskMakeCommand.Create(runner),
        TaskCheckCommand.Create(runner),
    };
}
