using System.CommandLine;
using Nodal.Cli.CommandLine;
using Nodal.Cli.Output;
using Nodal.Runs;
using Nodal.Tasks;
using Spectre.Console;

namespace Nodal.Cli.Commands;

/// <summary><c>nodal task list</c>.</summary>
internal static class TaskListCommand
{
    public static Command Create(CommandRunner runner)
    {
        var command = new ToolCommand("list", "Lists the tasks Nodal makes pairs for.", "nodal task list", "nodal task list --json");
        runner.SetAction(command, call => call.Finish(
            new { Tasks = PromptTasks.All.Select(task => new { task.Name, task.Description, task.Paper }) }, Write));
        return command;
    }

    private static void Write(IAnsiConsole console)
    {
        console.Facts(PromptTasks.All.Select(task => (task.Name, $"{task.Description}\n{task.Paper}")));
        console.Line($"{TaskRequest.EveryInput} is a task of compiled transformers: every prompt there is; the answer is what the full model says.");
        console.Line("Any pairs file is a task too: JSON lines with clean, corrupted, answer, foil.");
    }
}
