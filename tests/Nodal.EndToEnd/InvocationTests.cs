using System.Text.RegularExpressions;
using Nodal.Cli.CommandLine;
using Nodal.Cli.Output;
using Nodal.Evaluation.Evidence;
using Nodal.Runs;
using Spectre.Console;

namespace Nodal.EndToEnd;

public sealed class InvocationTests
{
    [Fact]
    public void In_a_terminal_the_line_of_progress_has_ended_before_the_result_is_printed() => Screen(call =>
    {
        var runs = call.Work(progress =>
        {
            progress!.Report(new RunProgress(RunPhase.Evaluating, Evidence: new EvidenceProgress(EvidencePart.Curve, 3, 18)));
            return 3;
        });
        call.Finish(runs, console => console.Line($"{runs} runs")).ShouldBe(0);
    }, "doctor").ShouldEndWith("evidence, curve: run 3/18\n3 runs\n");

    [Fact]
    public void Quiet_work_has_nowhere_to_send_news() => Screen(call => call.Work(progress => progress is null).ShouldBeTrue(), "doctor", "--quiet").ShouldBe("");

    [Fact]
    public void What_did_not_go_well_is_printed_and_fails() => Screen(call => call.Finish(3, console => console.Line("3 runs"), well: false).ShouldBe(1), "doctor").ShouldBe("3 runs\n");

    /// <summary>What a call has written to a terminal, without control codes.</summary>
    private static string Screen(Action<Invocation> act, params string[] words)
    {
        using var screen = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(screen), Ansi = AnsiSupport.Yes });
        act(new Invocation(CommandTree.Configured(words), new Terminal(console, console, screen, TimeProvider.System), CancellationToken.None));
        return Regex.Replace(screen.ToString(), @"\x1b\[[\d;?]*[A-Za-z]", "").ReplaceLineEndings("\n");
    }
}
