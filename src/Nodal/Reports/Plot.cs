using System.Collections.Immutable;

namespace Nodal.Reports;

/// <summary>A plot of points and curves, before it is drawn.</summary>
/// <param name="Title">Above it.</param>
/// <param name="Horizontal">The axis below.</param>
/// <param name="Vertical">The axis at the left.</param>
/// <param name="Series">From the one farthest behind to the one in front.</param>
internal sealed record Plot(string Title, PlotAxis Horizontal, PlotAxis Vertical, ImmutableArray<PlotSeries> Series);
