using System.CommandLine;
using Nodal.Cli.CommandLine;

namespace Nodal.Cli.Commands;

/// <summary><c>nodal compare</c>: several methods on one task.</summary>
internal static class CompareCommand
{
    public static Command Create(CommandRunner runner)
    {
        var methods = new CompareMethods();
        var command = new ToolCommand("compare", "Compares methods on one task: a table and a plot of KL against size.", [.. CompareMethods.Examples]);
        methods.AddTo(command);
        command.Validators.Add(given =>
        {
            if (!methods.IsAskedFor(given))
            {
                given.AddError("nothing to compare: found no --methods; expected some, such as --methods random,attribution-patching,ranking.");
            }
        });
        runner.SetAction(command, methods.Run);
        return command;
    }
}
