namespace Nodal.Patching.Fast;

/// <summary>The rows of all pairs of a piece, one pair after another, of whatever lengths: no row is padding but those at the end.</summary>
internal sealed class RowSpans
{
    private RowSpans(RowSpan[] pairs) => Pairs = pairs;

    public RowSpan[] Pairs { get; }

    /// <summary>Rows of all pairs.</summary>
    public int Count => Pairs[^1].First + Pairs[^1].Count;

    /// <summary>Rows of the matrices.</summary>
    public int Padded => Lanes.PadShape(Count);

    /// <summary>Every position under gates.</summary>
    public static RowSpans Whole<T>(PairActivations<T>[] pairs)
        where T : unmanaged, IElement<T>
    {
        var spans = new RowSpan[pairs.Length];
        var first = 0;
        for (var pair = 0; pair < pairs.Length; pair++)
        {
            spans[pair] = new RowSpan(pair, first, pairs[pair].Rows, pairs[pair].Prefix);
            first += pairs[pair].Rows;
        }

        return new RowSpans(spans);
    }

    /// <summary>The answer position of each pair.</summary>
    public static RowSpans Answers<T>(PairActivations<T>[] pairs)
        where T : unmanaged, IElement<T> =>
        new([.. pairs.Select((pair, index) => new RowSpan(index, index, 1, pair.Pair.AnswerPosition))]);
}
