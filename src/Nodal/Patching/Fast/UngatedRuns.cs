using System.Runtime.CompilerServices;
using Nodal.Models;
using Nodal.Tasks;
using static TorchSharp.torch;

namespace Nodal.Patching.Fast;

/// <summary>Runs what holds no gate, in the fast engine's layout: the ablated run and the full model's answer.</summary>
internal sealed unsafe class UngatedRuns<T> : IDisposable
    where T : unmanaged, IElement<T>
{
    private readonly FastEngine<T> _engine;
    private readonly PairPreparation _preparation;
    private readonly EncodedPair _anyPair;
    private readonly FullAnswers _answers;
    private readonly ActivationMemory? _constantMemory;
    private readonly AblatedActivations<T>? _constant;
    private readonly MeanPositions _positions;
    private TrainedConstants? _constants;

    /// <param name="model">The model.</param>
    /// <param name="engine">Of the same model.</param>
    /// <param name="preparation">How the ablated model is run.</param>
    /// <param name="anyPair">Constants do not depend on the pair; any will do.</param>
    public UngatedRuns(Transformer model, FastEngine<T> engine, PairPreparation preparation, EncodedPair anyPair)
    {
        (_engine, _preparation, _anyPair) = (engine, preparation, anyPair);
        var shape = engine.Shape;
        _answers = new FullAnswers(model);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        if (!preparation.PerPair)
        {
            var run = preparation.Ablated([anyPair]);
            _positions = run.Constants!.Value;
            var layout = new ActivationLayout(shape, Unsafe.SizeOf<T>(), prefix: 0, rows: PositionClasses.Count(_positions));
            _constantMemory = new ActivationMemory(layout.Bytes);
            _constant = new AblatedActivations<T>(layout, _constantMemory.Data) { Constants = ConstantHidden.Zero(shape, layout.Rows) };
            ConstantWriter<T>.Write(run, engine.Weights, _constant);
            Remainders = new Remainders(run.Layers);
        }
        else
        {
            Remainders = Remainders.None(shape.Config.Layers);
        }
    }

    /// <summary>Constants that are trained along with the gates, or <see langword="null"/>. Setting them sets the ablated run of every pair.</summary>
    public TrainedConstants? Constants => _constants ??= _preparation.Learned is { } learned ? new TrainedConstants(learned, WriteConstants) : null;

    public Remainders Remainders { get; }

    /// <summary>Whether one row stands for all positions of a class, in every pair.</summary>
    public bool Constant => _constant is not null;

    /// <summary>Bytes the ablated runs of pairs take.</summary>
    public long Bytes(IEnumerable<EncodedPair> pairs) => Constant ? 0 : pairs.Sum(pair => Layout(pair).Bytes);

    /// <summary>Where the ablated runs of each of several groups of pairs begin, in bytes, one group after another, and at the end how many bytes all take.</summary>
    public long[] Starts(IEnumerable<IEnumerable<EncodedPair>> groups)
    {
        List<long> starts = [0];
        foreach (var group in groups)
        {
            starts.Add(starts[^1] + Bytes(group));
        }

        return [.. starts];
    }

    /// <summary>What the full model answers, in the order of the pairs.</summary>
    public FullAnswer[] Answers(IReadOnlyList<EncodedPair> pairs) => ByLength([.. pairs.Select(pair => pair.AnswerOf ?? pair)], _answers.Of);

    /// <summary>Runs the ablated model on pairs.</summary>
    /// <param name="pairs">Of any lengths.</param>
    /// <param name="memory">As many bytes as <see cref="Bytes"/> says.</param>
    public AblatedActivations<T>[] Run(IReadOnlyList<EncodedPair> pairs, byte* memory)
    {
        var places = new AblatedActivations<T>[pairs.Count];
        for (var pair = 0; pair < places.Length; pair++)
        {
            var layout = Layout(pairs[pair]);
            places[pair] = Constant ? AtPositions(pairs[pair]) : new AblatedActivations<T>(layout, memory);
            memory += Constant ? 0 : layout.Bytes;
        }

        if (!Constant)
        {
            _engine.RunCorrupted([.. pairs.Select((pair, i) => new PairActivations<T> { Pair = pair, Ablated = places[i], Full = FullAnswer.None })]);
        }

        return places;
    }

    /// <summary>Pairs with what was run of them.</summary>
    public Piece<T> Piece(IReadOnlyList<EncodedPair> pairs, IReadOnlyList<AblatedActivations<T>> ablated, IReadOnlyList<FullAnswer> full) => new(
        [.. pairs.Select((pair, i) => new PairActivations<T> { Pair = pair, Ablated = ablated[i], Full = full[i] })], Remainders, Constant);

    public void Dispose() => _constantMemory?.Dispose();

    /// <summary>Positions of a pair that are computed under gates.</summary>
    public int Rows(EncodedPair pair) => Constant ? pair.Length : DifferingTokens(pair, _engine.Shape.Config);

    /// <summary>Tokens from the first that differs on, the answer position among them; all where positions see those after them, so that a difference reaches every one.</summary>
    public static int DifferingTokens(EncodedPair pair, ModelConfig config)
    {
        var same = 0;
        while (!config.Bidirectional && same < pair.AnswerPosition && pair.Clean[same] == pair.Corrupted[same])
        {
            same++;
        }

        return pair.Length - same;
    }

    private void WriteConstants()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        ConstantWriter<T>.Write(_preparation.Ablated([_anyPair]), _engine.Weights, _constant!);
    }

    /// <summary>The constants as the prompt of a pair has them.</summary>
    private AblatedActivations<T> AtPositions(EncodedPair pair) => new(_constant!.Layout, _constantMemory!.Data)
    {
        Constants = _constant.Constants,
        Classes = _constant.Layout.Rows == 1 ? null : PositionClasses.Of(_positions, pair.Length, pair.AnswerPosition),
    };

    private ActivationLayout Layout(EncodedPair pair) => new(_engine.Shape, Unsafe.SizeOf<T>(), pair.Length - Rows(pair), Rows(pair));

    private static TResult[] ByLength<TResult>(IReadOnlyList<EncodedPair> pairs, Func<EncodedPair[], TResult[]> run)
    {
        var results = new TResult[pairs.Count];
        foreach (var rows in LengthBatches.Of(pairs))
        {
            var part = run([.. rows.Select(row => pairs[row])]);
            for (var i = 0; i < rows.Length; i++)
            {
                results[rows[i]] = part[i];
            }
        }

        return results;
    }
}
