using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using Nodal.Discovery;
using Nodal.Gates;
using Nodal.Models;
using Nodal.Patching;
using Nodal.Runs;

namespace Nodal.Cli.CommandLine;

/// <summary>The options of <c>nodal discover</c> that decide what is found.</summary>
internal sealed class DiscoverSettings
{
    private static readonly RankingOptions Defaults = new();

    private readonly Option<string?> _model = TargetOptions.Model($"default {EmbeddedModel.Id}, the embedded one");
    private readonly Option<string?> _task = TargetOptions.Task("default gp");
    private readonly Option<int?> _pairs = NumberOption.Whole("--pairs", "Training pairs; a made task has as many for selection and for test, of a file at most so many are taken");
    private readonly Option<string?> _selection = new("--selection") { Description = "Pairs file to select the size on; default a fifth of the task's file", HelpName = "FILE" };
    private readonly Option<string?> _test = new("--test") { Description = "Pairs file for the final numbers; default a fifth of the task's file", HelpName = "FILE" };
    private readonly SizeOptions _size = new();
    private readonly Option<DiscoveryMethod?> _method = WordOption.Of<DiscoveryMethod>("--method", "How nodes are scored; default ranking, one run for every size; paper is the published method, arXiv 2512.10903; the others are baselines");
    private readonly Option<AnswerMetric?> _metric = WordOption.Of<AnswerMetric>("--metric", "What attributions judge the closing of a node by; default the method's");
    private readonly PaperSettings _paper = new();
    private readonly Option<int?> _steps = NumberOption.Whole("--steps", $"Optimisation steps; default {Defaults.Steps}, of the published method what its epochs need; points of the path of integrated gradients; draws of uniform gradient sampling");
    private readonly Option<int?> _batch = NumberOption.Whole("--batch", $"Pairs per step; default {Defaults.BatchSize}, of the published method the task's in the paper");
    private readonly Option<double?> _rate = NumberOption.Real("--rate", $"Adam's rate, in score units per step; default {Defaults.LearningRate}, of the published method the task's in the paper", "RATE");
    private readonly Option<double?> _minimumSize = NumberOption.Real("--minimum-size", "Smallest size drawn in training; default 0.01, or 0.03 for a model of less than a million block parameters", "FRACTION");
    private readonly Option<AblationKind?> _ablation = WordOption.Of<AblationKind>("--ablation", "What a closed node outputs; default counterfactual, its activation on the corrupted prompt");
    private readonly Option<MeanPositions?> _meanPositions = WordOption.Of<MeanPositions>("--mean-positions", "Which positions share a mean or learned constant; default classes: first position, answer position, all others");
    private readonly Option<double?> _constantRate = NumberOption.Real("--constant-rate", $"Adam's rate for learned constants, in their mean size per step; default {new DiscoverOptions().ConstantRate}", "RATE");
    private readonly Option<ImmutableArray<Granularity>?> _granularities = WordOption.Several<Granularity>("--granularities", "Granularities whose gates are trained, all others are open; default all but the optional Layer and Embedding");
    private readonly Option<int?> _seed = NumberOption.Whole("--seed", "Seed of pairs, batches and sizes; default 0");
    private readonly Option<int?> _taskSeed = NumberOption.Whole("--task-seed", "Seed of the pairs alone; default that of --seed");
    private readonly Option<int?> _seeds = NumberOption.Whole("--seeds", "Independent runs on the same pairs, from --seed upwards; says how far they agree, and gives their consensus; of methods that draw at random; default 1");
    private readonly Option<long?> _memory = NumberOption.Bytes("--memory", "Memory the run may take in all, such as 8GiB; default what model and pairs take and 70 % of what is free then");
    private readonly Option<EngineKind?> _engine = WordOption.Of<EngineKind>("--engine", "What runs the gated model; default auto, the fast one");
    private readonly Option<EnginePrecision?> _precision = WordOption.Of<EnginePrecision>("--precision", "Of the fast engine in training; default auto, bfloat16 where the processor is faster at it");
    private readonly Option<ActivationPlacement?> _activations = WordOption.Of<ActivationPlacement>("--activations", "Where corrupted runs are kept; default auto, the first that fits");
    private readonly Option<ImmutableArray<double>?> _sizes = NumberOption.Fractions("--sizes", $"Sizes of the table; default {string.Join(',', SizeLadder.Default)}");

    private readonly Option<int?> _threads = NumberOption.Whole("--threads", "Threads, each working on pairs of its own; default all cores");
    private readonly Option<double?> _checkpoint = NumberOption.Real("--checkpoint", $"Of methods that train, seconds between two checkpoints, 0 for one after every step; default {Defaults.CheckpointSeconds}", "SECONDS");

    /// <summary>Adds the options alone: which go together is, in a command that makes several runs, a matter of each run.</summary>
    /// <param name="command">Takes them.</param>
    /// <param name="withMethod">Whether <c>--method</c> is one of them; not where the command names several methods by an option of its own.</param>
    public void AddTo(ToolCommand command, bool withMethod = true)
    {
        foreach (var option in new Option[] { _model, _task, _pairs, _selection, _test })
        {
            command.Add(option);
        }

        _size.AddTo(command);
        if (withMethod)
        {
            command.Add(_method);
        }

        command.Add(_metric);
        foreach (var option in new Option[] { _steps, _batch, _rate, _minimumSize, _ablation, _meanPositions, _constantRate, _granularities, _seed, _taskSeed, _seeds, _engine, _precision, _activations, _memory, _sizes, _threads, _checkpoint })
        {
            command.Add(option);
        }

        _paper.AddTo(command);
        command.Alternatives.Add([_steps, _paper.Epochs]);
    }

    /// <summary>Adds the options to a command that makes one run, which refuses those that would change nothing beside the others.</summary>
    public void AddCheckedTo(ToolCommand command)
    {
        AddTo(command);
        command.Validators.Add(given => RefuseOthers(given, _method));
    }

    /// <summary>Refuses options that would change nothing beside the others.</summary>
    /// <param name="given">What was given.</param>
    /// <param name="methods">Names the method, or several, one of which has to know an option.</param>
    public void RefuseOthers(CommandResult given, Option methods)
    {
        OptionOwners.RefuseOthers(given, methods, WordOption.Named(given, methods, DiscoveryMethod.Ranking));
        OptionOwners.RefuseOthers(given, _ablation, WordOption.Named(given, _ablation, AblationKind.Counterfactual));
        _size.RefuseAlone(given);
    }

    public DiscoverOptions Read(Invocation call)
    {
        var defaults = new DiscoverOptions();
        var seed = call.Value(_seed) ?? 0;
        return new DiscoverOptions
        {
            Model = call.Value(_model) ?? defaults.Model,
            Task = new TaskRequest
            {
                Task = TargetOptions.Anywhere(call.Value(_task)) ?? defaults.Task.Task,
                Pairs = call.Value(_pairs),
                SelectionFile = TargetOptions.Anywhere(call.Value(_selection)),
                TestFile = TargetOptions.Anywhere(call.Value(_test)),
                Seed = call.Value(_taskSeed) ?? seed,
            },
            Method = call.Value(_method) ?? defaults.Method,
            Paper = _paper.Read(call, call.Value(_steps), call.Value(_batch), call.Value(_rate), seed) with { CheckpointSeconds = call.Value(_checkpoint) ?? Defaults.CheckpointSeconds },
            Probing = Probing(call, seed),
            Attribution = new AttributionOptions
            {
                Metric = call.Value(_metric),
                Steps = call.Value(_steps),
                BatchSize = call.Value(_batch) ?? defaults.Attribution.BatchSize,
                Seed = seed,
            },
            Seeds = call.Value(_seeds) ?? defaults.Seeds,
            Ranking = Defaults with
            {
                Steps = call.Value(_steps) ?? Defaults.Steps,
                BatchSize = call.Value(_batch) ?? Defaults.BatchSize,
                LearningRate = call.Value(_rate) ?? Defaults.LearningRate,
                MinimumSize = call.Value(_minimumSize),
                Margin = _paper.Margin(call),
                Seed = seed,
                CheckpointSeconds = call.Value(_checkpoint) ?? Defaults.CheckpointSeconds,
            },
            Ablation = call.Value(_ablation) ?? defaults.Ablation,
            ConstantRate = call.Value(_constantRate) ?? defaults.ConstantRate,
            MeanPositions = call.Value(_meanPositions),
            Granularities = call.Value(_granularities) ?? defaults.Granularities,
            Choice = _size.Choice(call),
            Refinement = _size.Refinement(call),
            Sizes = call.Value(_sizes) ?? defaults.Sizes,
            Engine = new EngineOptions
            {
                Engine = call.Value(_engine) ?? EngineKind.Auto,
                Precision = call.Value(_precision) ?? EnginePrecision.Auto,
                Activations = call.Value(_activations) ?? ActivationPlacement.Auto,
            },
            Memory = call.Value(_memory),
            Threads = call.Value(_threads),
        };
    }

    private ProbingOptions Probing(Invocation call, int seed)
    {
        var defaults = new ProbingOptions();
        return defaults with
        {
            Steps = call.Value(_steps) ?? defaults.Steps,
            BatchSize = call.Value(_batch) ?? defaults.BatchSize,
            LearningRate = call.Value(_rate) ?? defaults.LearningRate,
            Lambda = _paper.Lambda(call) ?? defaults.Lambda,
            Seed = seed,
            CheckpointSeconds = call.Value(_checkpoint) ?? defaults.CheckpointSeconds,
        };
    }
}
