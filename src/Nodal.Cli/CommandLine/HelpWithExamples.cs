using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Nodal.Cli.CommandLine;

/// <summary>The usual help, then the command's examples.</summary>
internal sealed class HelpWithExamples(HelpAction usual) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        usual.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (var example in Of(parseResult.CommandResult.Command))
        {
            output.WriteLine($"  {example}");
        }

        return 0;
    }

    public static IReadOnlyList<string> Of(Command command) => command is ToolCommand tool ? tool.Examples : Tool.Examples;
}
