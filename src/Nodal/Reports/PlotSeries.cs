using System.Collections.Immutable;

namespace Nodal.Reports;

/// <summary>What is drawn in one colour under one name.</summary>
/// <param name="Name">In the legend.</param>
/// <param name="Colour">Which of the plot's colours and marks, from 0, going round; <see langword="null"/> for the colour of the text.</param>
/// <param name="Marks">Its points.</param>
/// <param name="Curves">Its lines, each through some points.</param>
/// <param name="Dashed">Whether lines are dashed.</param>
internal sealed record PlotSeries(string Name, int? Colour, ImmutableArray<PlotMark> Marks, ImmutableArray<ImmutableArray<(double X, double Y)>> Curves, bool Dashed = false);
