using System.CommandLine;
using Nodal.Cli.CommandLine;
using Nodal.Cli.Output;
using Nodal.Evaluation.Evidence;
using Nodal.Patching;
using Nodal.Runs;
using Nodal.Runtime;
using Spectre.Console;

namespace Nodal.Cli.Commands;

/// <summary><c>nodal evaluate</c>: fresh numbers of a circuit.</summary>
internal static class EvaluateCommand
{
    public static Command Create(CommandRunner runner)
    {
        var target = TargetOptions.RunOrCircuit();
        var model = TargetOptions.Model("default the one the circuit was made for");
        var task = TargetOptions.Task("default the one the circuit was made on. Of a file every pair is used, of a made task its test pairs");
        var pairs = NumberOption.Whole("--pairs", "Test pairs of a made task, and of others at most so many; default the run's, with --task 600 of a made task and all of others");
        var seed = NumberOption.Whole("--seed", "Seed of a made task and of the bootstrap; default the run's");
        var ablation = WordOption.Of<AblationKind>("--ablation", "What a closed node outputs; default what it did in the run");
        var positions = WordOption.Of<MeanPositions>("--mean-positions", "Which positions share a mean; default as in the run");
        var evidence = WordOption.SeveralOrAll<EvidencePart>("--evidence", "What speaks for and against the circuit; all parts that apply where no word is given, none without the option");
        var randomCircuits = NumberOption.Whole("--random-circuits", $"Random circuits, and random nodes of a granularity, that the evidence holds the circuit against; default {EvaluateOptions.DefaultRandomCircuits}");
        var controlSteps = NumberOption.Whole("--control-steps", "Optimisation steps of each training that the evidence makes as a control; default a quarter of the run's");
        var command = new ToolCommand(
            "evaluate", "Measures a circuit on pairs of your choice.",
            "nodal evaluate runs/mine",
            "nodal evaluate runs/mine --task other-pairs.jsonl",
            "nodal evaluate runs/mine/circuit-keep-0.05.json --ablation mean --json",
            "nodal evaluate runs/mine --evidence",
            "nodal evaluate runs/mine --evidence curve,layers")
        {
            target, model, task, pairs, seed, ablation, positions, evidence, randomCircuits, controlSteps,
        };
        command.Validators.Add(given =>
        {
            OptionOwners.RefuseAlone(given, evidence, [randomCircuits, controlSteps]);
            OptionOwners.RefuseOthers(given, evidence, WordOption.Named<EvidencePart>(given, evidence));
        });
        runner.SetAction(command, call => Run(call, new EvaluateOptions
        {
            Target = call.Value(target),
            Model = call.Value(model),
            Task = call.Value(task),
            Pairs = call.Value(pairs),
            Seed = call.Value(seed),
            Ablation = call.Value(ablation),
            MeanPositions = call.Value(positions),
            RandomCircuits = call.Value(randomCircuits) ?? EvaluateOptions.DefaultRandomCircuits,
            ControlSteps = call.Value(controlSteps),
            Evidence = call.Parsed.GetResult(evidence) is null ? null : call.Value(evidence) ?? [],
        }));
        return command;
    }

    private static int Run(Invocation call, EvaluateOptions options)
    {
        var result = call.Work(progress => EvaluationRun.Execute(options, progress, call.Cancellation));
        return call.Finish(result, console => Write(console, result));
    }

    private static void Write(IAnsiConsole console, EvaluationResult result)
    {
        console.Line($"circuit {result.Circuit}   task {result.Task}   {Figures.Count(result.Pairs, "pair")}   ablation {Words.Of(result.Ablation)}");
        RowFacts.Write(console, result.Result);
        if (result.Evidence is { } evidence)
        {
            EvidenceSummary.Write(console, evidence);
        }

        console.Warnings(result.Warnings);
    }
}
