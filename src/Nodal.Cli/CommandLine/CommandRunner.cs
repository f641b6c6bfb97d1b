using System.CommandLine;
using Nodal.Cli.Output;

namespace Nodal.Cli.CommandLine;

/// <summary>Gives commands what they run with: the terminal, and the token that Ctrl+C cancels.</summary>
internal sealed class CommandRunner(Terminal terminal, CancellationToken cancellation)
{
    /// <summary>Lets a command do its work when it is called.</summary>
    public void SetAction(Command command, Func<Invocation, int> run) =>
        command.SetAction(parsed => run(new Invocation(parsed, terminal, cancellation)));
}
