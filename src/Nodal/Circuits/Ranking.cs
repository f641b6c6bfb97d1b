using Nodal.Gates;

namespace Nodal.Circuits;

/// <summary>Scores of all nodes: one nested family of circuits, one for every size.</summary>
public sealed class Ranking
{
    private readonly double[] _scores;
    private readonly double[] _entries;
    private readonly double[] _thresholds;
    private readonly SizeAccount _account;

    /// <summary>The ranking of some scores.</summary>
    /// <param name="layout">Where the nodes stand.</param>
    /// <param name="scores">(gates); a higher score closes later, one of +∞ never by itself.</param>
    public Ranking(GateLayout layout, IEnumerable<double> scores)
    {
        Layout = layout;
        _scores = [.. scores];
        if (_scores.Length != layout.Count)
        {
            throw new ArgumentException($"{_scores.Length} scores for {layout.Count} gates", nameof(scores));
        }

        _account = new SizeAccount(layout);
        _entries = EntryThresholds.Of(layout, _scores);
        _thresholds = [.. _entries.Distinct().Order()];
    }

    /// <summary>Where the nodes stand.</summary>
    public GateLayout Layout { get; }

    /// <summary>(gates).</summary>
    public ReadOnlySpan<double> Scores => _scores;

    /// <summary>(gates): the threshold below which a node is in the closed circuit.</summary>
    internal ReadOnlySpan<double> Entries => _entries;

    /// <summary>The circuit of all nodes whose score, and whose ancestors' scores, are above a threshold or infinite, closed.</summary>
    public NodeSet Above(double threshold) => NodeSet.Close(Layout, Array.ConvertAll(_entries, entry => entry > threshold || double.IsPositiveInfinity(entry)));

    /// <summary>The largest circuit of the family that is not larger than a size, or its smallest where that is larger; nodes of equal rank come together.</summary>
    /// <param name="size">Fraction of all block parameters, in (0, 1].</param>
    public NodeSet AtSize(double size)
    {
        var (tooLarge, fits) = (-1, _thresholds.Length - 1);
        while (fits - tooLarge > 1)
        {
            var middle = (tooLarge + fits) / 2;
            if (_account.Fraction(Above(_thresholds[middle]).Gates()) <= size)
            {
                fits = middle;
            }
            else
            {
                tooLarge = middle;
            }
        }

        var everything = tooLarge == -1 && size >= 1;
        return everything ? NodeSet.Full(Layout) : Above(_thresholds[fits]);
    }
}
