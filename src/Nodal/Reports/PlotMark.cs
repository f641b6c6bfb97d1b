namespace Nodal.Reports;

/// <summary>One point of a plot.</summary>
/// <param name="X">In the units of the horizontal axis.</param>
/// <param name="Y">In those of the vertical one.</param>
/// <param name="Note">What is shown where a pointer rests on it.</param>
/// <param name="Emphasised">Drawn filled and larger.</param>
internal sealed record PlotMark(double X, double Y, string Note, bool Emphasised);
