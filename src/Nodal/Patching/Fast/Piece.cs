namespace Nodal.Patching.Fast;

/// <summary>The pairs one worker takes through the model at once.</summary>
internal sealed class Piece<T>
    where T : unmanaged, IElement<T>
{
    private readonly int _last;

    public Piece(PairActivations<T>[] pairs, Remainders remainders, bool constant)
    {
        Pairs = pairs;
        Remainders = remainders;
        Constant = constant;
        All = RowSpans.Whole(pairs);
        Answers = RowSpans.Answers(pairs);
        _last = remainders.Layers - 1;
    }

    public PairActivations<T>[] Pairs { get; }

    public Remainders Remainders { get; }

    /// <summary>Whether closed nodes have constants, so that δ starts at the whole clean embedding.</summary>
    public bool Constant { get; }

    /// <summary>Every position under gates.</summary>
    public RowSpans All { get; }

    /// <summary>The answer positions.</summary>
    public RowSpans Answers { get; }

    /// <summary>The positions whose output matters: in the last layer the answers'.</summary>
    public RowSpans Outputs(int layer) => layer == _last ? Answers : All;

    /// <summary>The row of <see cref="All"/> that is a pair's answer.</summary>
    public int AnswerRow(int pair) => All.Pairs[pair].First + Pairs[pair].Pair.AnswerPosition - All.Pairs[pair].Position;
}
