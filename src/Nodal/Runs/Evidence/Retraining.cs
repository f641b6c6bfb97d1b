using System.Collections.Immutable;
using Nodal.Circuits;
using Nodal.Gates;
using Nodal.Models;
using Nodal.Patching;
using Nodal.Runtime;
using Nodal.Tasks;

namespace Nodal.Runs.Evidence;

/// <summary>The scoring of a run once more, with its own settings, a training with fewer steps, on other pairs or another model; a circuit of the size in question comes out.</summary>
internal sealed class Retraining
{
    /// <summary>Share of the run's steps where nothing is said.</summary>
    private const int Part = 4;

    private readonly EvidenceMaterial _material;
    private readonly double _size;

    private Retraining(EvidenceMaterial material, DiscoverOptions options, TaskData task)
    {
        (_material, Options, Task) = (material, options, task);
        Steps = !options.IsTrained ? options.Steps : material.ControlSteps ?? Math.Max(1, options.Steps / Part);
        _size = new SizeAccount(material.Setting.Layout).Fraction(material.Setting.Circuit.Gates());
    }

    /// <summary>The run's.</summary>
    public DiscoverOptions Options { get; }

    /// <summary>The run's own pairs.</summary>
    public TaskData Task { get; }

    /// <summary>Steps of each training; of a method that trains nothing, those it has.</summary>
    public int Steps { get; }

    /// <summary>For the run of a circuit, or the reason why there is nothing to train again.</summary>
    public static (Retraining? Retraining, string? Obstacle) Of(EvidenceMaterial material)
    {
        if (material.Run is not { } run)
        {
            return (null, "a circuit file outside of a run folder does not say how it was trained");
        }

        if (material.Setting.Ranking is null)
        {
            return (null, "the circuit's granularities are not those of the run");
        }

        try
        {
            return (new Retraining(material, run.Config.Options, run.Config.LoadTask(material.Bench.Model)), null);
        }
        catch (NodalException fault)
        {
            return (null, fault.Finding);
        }
    }

    /// <summary>Trains, and cuts at the size of the circuit in question.</summary>
    /// <param name="pairs">Training pairs.</param>
    /// <param name="note">What it is for, in words.</param>
    /// <param name="other">A model of the same dimensions; default the run's.</param>
    /// <param name="seed">Of the method; default the run's.</param>
    public NodeSet Train(ImmutableArray<EncodedPair> pairs, string note, LoadedModel? other = null, int? seed = null)
    {
        _material.Progress?.Report(new RunProgress(RunPhase.NextRun, note));
        var task = Task with { Train = pairs };
        var options = Shortened(Options, Steps).ForPairs(task).WithSeed(seed ?? Options.Seed);
        using var bench = Workbench.Of(other ?? _material.Bench.Model, task, options);
        return MethodRanking.Of(bench, options, _material.Progress, note, cancellation: _material.Setting.Cancellation).AtSize(_size);
    }

    /// <summary>A run's options with other steps of training, the published method's warm-up in proportion. Corrupted runs are not kept in a file: this is no run folder.</summary>
    internal static DiscoverOptions Shortened(DiscoverOptions options, int steps) => options with
    {
        Ranking = options.Ranking with { Steps = steps },
        Probing = options.Probing with { Steps = steps },
        Paper = options.Paper with { Steps = steps, Epochs = null, WarmupSteps = options.Paper.Steps is { } whole ? (int)((long)options.Paper.WarmupSteps * steps / whole) : options.Paper.WarmupSteps },
        Engine = options.Engine with { Activations = options.Engine.Activations == ActivationPlacement.File ? ActivationPlacement.Recompute : options.Engine.Activations },
    };
}
