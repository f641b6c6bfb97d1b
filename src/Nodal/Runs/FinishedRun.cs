using Nodal.Circuits;
using Nodal.Discovery;
using Nodal.Gates;
using Nodal.Models;
using Nodal.Patching;
using Nodal.Runtime;

namespace Nodal.Runs;

/// <summary>A run folder, read again: other circuits of its ranking and fresh numbers, without training.</summary>
public sealed class FinishedRun
{
    private readonly RunFolder _folder;

    private FinishedRun(RunFolder folder, RunConfig config) => (_folder, Config) = (folder, config);

    /// <summary>What the run was made from.</summary>
    public RunConfig Config { get; }

    /// <summary>Path of the chosen circuit.</summary>
    public string CircuitPath => _folder.Circuit;

    /// <summary>Constants of the run's learned ablation.</summary>
    /// <exception cref="NodalException">It has none.</exception>
    internal NodeConstants ReadConstants(ModelConfig config) => ConstantsFile.Read(_folder.Constants, config);

    /// <summary>The run's ranking in a layout; <see langword="null"/> where the layout has other granularities than the run.</summary>
    /// <exception cref="NodalException">The file is damaged.</exception>
    internal Ranking? ReadRanking(GateLayout layout) =>
        new GateLayout(layout.Config, Config.Options.Granularities).Granularities.SequenceEqual(layout.Granularities) ? RankingFile.Read(_folder.Ranking, layout) : null;

    /// <summary>The run a path belongs to: a run folder, or a circuit file in one; <see langword="null"/> for a circuit file elsewhere.</summary>
    /// <exception cref="NodalException">The path is a folder without a finished run.</exception>
    public static FinishedRun? Of(string path)
    {
        if (Directory.Exists(path))
        {
            return Open(path);
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return RunFolder.IsFinished(folder) ? Open(folder) : null;
    }

    /// <summary>Opens a run folder.</summary>
    /// <exception cref="NodalException">It holds no finished run.</exception>
    public static FinishedRun Open(string path)
    {
        var folder = RunFolder.Open(path);
        return new FinishedRun(folder, NodalJson.Read<RunConfig>(folder.Config, "run configuration").Checked(folder.Config));
    }

    /// <summary>The result as the run wrote it, with its circuit.</summary>
    /// <param name="layout">The model's layout.</param>
    public RunResult ReadResult(GateLayout layout) =>
        ReadNumbers() with { Circuit = CircuitFile.Read(_folder.Circuit, layout) };

    /// <summary>The result as the run wrote it, without its circuit, and so without the model.</summary>
    public RunResult ReadNumbers() => NodalJson.Read<RunResult>(_folder.Evaluation, "run result") with { Run = _folder.Path, CircuitPath = _folder.Circuit };

    /// <summary>The result with its circuit and the layout of the run's model, which is loaded for it.</summary>
    internal RunResult ReadResult()
    {
        _folder.RemoveScaffolding();
        using var model = LoadModel();
        return ReadResult(new GateLayout(model.Transformer.Config, Config.Options.Granularities));
    }

    /// <summary>Loads the run's model and sees that it is still the same.</summary>
    /// <exception cref="NodalException">The model is gone or has changed.</exception>
    public LoadedModel LoadModel() => Config.LoadModel();

    /// <summary>Another circuit of the run's ranking, measured on its test pairs and written beside the first.</summary>
    /// <param name="choice">How its size is chosen.</param>
    /// <param name="refinement">How it is refined; default not at all, though the run's own may have been.</param>
    /// <param name="output">File for the circuit; default <c>circuit-keep-0.05.json</c> or the like in the run folder, <c>circuit-keep-0.05-refined.json</c> of a refined one.</param>
    /// <param name="progress">News while it works.</param>
    /// <param name="time">The clock; default the system's.</param>
    /// <param name="cancellation">Ends the work.</param>
    public (RunResult Result, string Path) Cut(
        SizeChoice choice, RefinementOptions? refinement = null, string? output = null, IProgress<RunProgress>? progress = null, TimeProvider? time = null, CancellationToken cancellation = default)
    {
        choice.Validate();
        refinement?.Validate();
        var path = Path.GetFullPath(output ?? Path.Combine(_folder.Path, $"circuit-{choice.FileName}{(refinement?.Runs > 0 ? "-refined" : "")}.json"));
        CircuitPlace.Check(path);
        time ??= TimeProvider.System;
        var start = time.GetTimestamp();
        if (refinement?.Runs > 0 && Config.Options.Seeds > 1)
        {
            Throw.Usage(
                "a consensus cannot be refined", found: $"--refine for a run of {Config.Options.Seeds} seeds, whose scores are mean ranks", expected: "a run of one seed",
                remedy: "Refine one of the runs in its folder");
        }

        var options = Config.Options with { Choice = choice, Refinement = refinement ?? new RefinementOptions(), Sizes = [] };
        progress?.Report(new RunProgress(RunPhase.LoadingModel, options.Model));
        using var model = LoadModel();
        var sizes = ReadNumbers().Sizes;
        using var bench = Workbench.Of(model, Config.LoadTask(model), options, () => ReadConstants(model.Transformer.Config));
        var ranking = ReadRanking(bench.Layout)!;
        var result = Measurement.Of(bench, ranking, options, _folder, progress, cancellation) with
        {
            Sizes = sizes,
            Seconds = time.GetElapsedTime(start).TotalSeconds,
            PeakMemoryBytes = ProcessMemory.PeakBytes,
        };
        CircuitFile.Write(path, result.Circuit!);
        return (result with { CircuitPath = path }, path);
    }
}
