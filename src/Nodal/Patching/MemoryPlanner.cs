using System.Collections.Immutable;
using Nodal.Models;
using Nodal.Patching.Fast;
using Nodal.Runtime;
using Nodal.Tasks;

namespace Nodal.Patching;

/// <summary>Predicts the memory of a run before it starts, and with it chooses where activations are kept.</summary>
/// <remarks>
/// What the process holds with model and pairs read is measured; everything else follows from the dimensions, with every node open and batches of the mean length. Training gives its memory
/// back before circuits are measured; refinement needs both at once.
/// </remarks>
/// <param name="model">The model, loaded.</param>
/// <param name="pairs">The training pairs.</param>
/// <param name="perPair">Whether ablated runs depend on the pair.</param>
/// <param name="batch">Pairs of a step.</param>
/// <param name="threads">Workers.</param>
/// <param name="refines">Whether circuits are measured while the training engine is there.</param>
internal sealed class MemoryPlanner(Transformer model, IReadOnlyList<EncodedPair> pairs, bool perPair, int batch, int threads, bool refines = false)
{
    private readonly EngineShape _shape = new(model.Config);

    /// <summary>A plan.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="limit">Bytes the process may hold, or <see langword="null"/> for what it holds and 70 % of what is free.</param>
    /// <param name="disk">Bytes free where a file of activations would go.</param>
    /// <param name="processor">The processor.</param>
    /// <exception cref="NodalException">The limit is too small for any way to run.</exception>
    public MemoryPlan Plan(EngineOptions options, long? limit, long disk, CpuFeatures processor)
    {
        options.Validate();
        var chosen = options.For(processor);

        // What reading the model has left behind is given back first, or it would count as held, more or less of it by chance: what finalizers free, and then what they held.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var held = ProcessMemory.CurrentBytes;
        var allowed = limit ?? held + (long)(0.7 * ProcessMemory.AvailableBytes);
        var plan = Candidates(chosen).Select(placement => Plan(chosen with { Activations = placement }, held, allowed))
            .FirstOrDefault(plan => Fits(plan, disk));
        return plan ?? TooLarge(chosen with { Activations = Candidates(chosen)[^1] }, held, allowed, limit is not null, options.Activations == ActivationPlacement.Auto);
    }

    /// <summary>Places to try, the best first; where nothing is kept of a pair there is nothing to place.</summary>
    private ActivationPlacement[] Candidates(EngineOptions options) => options switch
    {
        { Engine: EngineKind.Fast } when !perPair => [ActivationPlacement.Memory],
        { Activations: not ActivationPlacement.Auto } => [options.Activations],
        { Engine: EngineKind.Plain } => [ActivationPlacement.Memory, ActivationPlacement.Recompute],
        _ => [ActivationPlacement.Memory, ActivationPlacement.File, ActivationPlacement.Recompute],
    };

    private bool Fits(MemoryPlan plan, long disk) =>
        plan.NeededBytes <= plan.LimitBytes && (plan.Engine.Activations != ActivationPlacement.File || KeptBytes(plan.Engine) < disk);

    /// <summary>Nothing fits: what was asked for in so many bytes is refused, a machine that is merely full is tried.</summary>
    private MemoryPlan TooLarge(EngineOptions options, long held, long allowed, bool asked, bool anywhere)
    {
        var least = Plan(options, held, allowed);
        if (asked)
        {
            Throw.Input(
                "the run does not fit into the memory it may take", found: $"about {least.NeededBytes >> 20} MiB needed at the least, {allowed >> 20} MiB allowed",
                expected: "a limit above what is needed",
                remedy: held >= allowed ? $"Raise --memory: model and pairs alone take {held >> 20} MiB" : $"Raise --memory{(anywhere ? "" : ", leave the place of activations to --activations auto")}, or make --batch smaller");
        }

        return least;
    }

    private MemoryPlan Plan(EngineOptions options, long held, long allowed)
    {
        ImmutableArray<MemoryPart> training = [.. options.Engine == EngineKind.Plain ? PlainParts(options) : FastParts(options)];
        ImmutableArray<MemoryPart> measuring = [.. options.Engine == EngineKind.Plain ? [] : MeasuringParts()];
        var kept = options.Activations == ActivationPlacement.File ? KeptBytes(options) : 0;
        var (train, measure) = (training.Sum(part => part.Bytes), measuring.Sum(part => part.Bytes));
        long Most(long training) => held + (refines ? training + measure : Math.Max(training, measure));
        return new MemoryPlan
        {
            Engine = options,
            Threads = threads,
            LimitBytes = allowed,
            PeakBytes = Math.Max(ProcessMemory.PeakBytes, Most(train)),
            NeededBytes = Most(train - kept),
            Parts = [new MemoryPart("process with model and pairs", held), .. training, .. measuring],
        };
    }

    private IEnumerable<MemoryPart> FastParts(EngineOptions options)
    {
        var element = options.Precision == EnginePrecision.BFloat16 ? sizeof(ushort) : sizeof(float);
        var rows = pairs.Average(Rows);
        var count = Math.Min(Math.Min(batch, pairs.Count) / (double)threads, Math.Max(1, FastEngine<Float32Element>.RowsPerPiece / rows));
        var layers = _shape.Config.Layers * WeightPacker<Float32Element>.LayerElements(_shape);
        yield return new MemoryPart("weights for training", element * PackedWeights<Float32Element>.Elements(_shape));
        yield return new MemoryPart("weights gathered for a step", element * layers);
        yield return new MemoryPart("corrupted runs", options.Activations == ActivationPlacement.Recompute ? Batch(KeptBytes(options)) : KeptBytes(options));
        yield return new MemoryPart("answers of the full model", pairs.Count * (long)sizeof(float) * (_shape.Config.OutputSize + _shape.Width));
        yield return new MemoryPart("activations of a step", threads * Piece((int)Math.Ceiling(rows * count), (int)Math.Ceiling(count), element, keep: true));
    }

    private IEnumerable<MemoryPart> MeasuringParts()
    {
        const int Count = FastCircuitRunner<Float32Element>.PairsPerWorker;
        var rows = (int)Math.Ceiling(pairs.Average(pair => pair.Length) * Count);
        yield return new MemoryPart("weights for measuring", sizeof(float) * PackedWeights<Float32Element>.Elements(_shape));

        // The largest circuits of the table hold 70 % of the parameters.
        yield return new MemoryPart("weights gathered for a circuit", sizeof(float) * _shape.Config.Layers * WeightPacker<Float32Element>.LayerElements(_shape) * 7 / 10);
        yield return new MemoryPart("activations of circuits measured", threads * (Piece(rows, Count, sizeof(float), keep: false) + Plain(rows, Count)));
        yield return new MemoryPart("corrupted runs of pairs measured", threads * Count * KeptBytes(sizeof(float)) / pairs.Count);
    }

    private IEnumerable<MemoryPart> PlainParts(EngineOptions options)
    {
        var rows = (int)Math.Ceiling(pairs.Average(pair => pair.Length) * PairPool.PieceSize);
        var kept = PairPool.Bytes(model, perPair, pairs);
        yield return new MemoryPart("corrupted runs and answers", options.Activations == ActivationPlacement.Memory ? kept : Batch(kept));
        yield return new MemoryPart("activations of a step", threads * _shape.Config.Layers * Plain(rows, PairPool.PieceSize));
    }

    private int Rows(EncodedPair pair) => perPair ? UngatedRuns<Float32Element>.DifferingTokens(pair, _shape.Config) : pair.Length;

    private long KeptBytes(EngineOptions options) =>
        options.Engine == EngineKind.Plain ? 0 : KeptBytes(options.Precision == EnginePrecision.BFloat16 ? sizeof(ushort) : sizeof(float));

    private long KeptBytes(int element) => perPair ? pairs.Sum(pair => new ActivationLayout(_shape, element, pair.Length - Rows(pair), Rows(pair)).Bytes) : 0;

    private long Batch(long bytes) => bytes * Math.Min(batch, pairs.Count) / pairs.Count;

    private long Piece(int rows, int count, int element, bool keep)
    {
        var memory = new PieceMemory(_shape, Lanes.PadShape(rows), Lanes.PadShape(Math.Max(1, count)));
        return (element * memory.Elements(Enumerable.Repeat(LayerSizes.Whole(_shape), _shape.Config.Layers), keep)) + (sizeof(float) * memory.Floats());
    }

    /// <summary>Temporaries of one layer of the plain model and its logits.</summary>
    private long Plain(int rows, int count)
    {
        var config = _shape.Config;
        return sizeof(float) * ((rows * ((6L * config.Width) + (4L * config.HiddenWidth) + (6L * config.AttentionWidth))) + (3L * count * config.OutputSize));
    }
}
