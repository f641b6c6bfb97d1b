using Nodal.Evaluation;
using Nodal.Evaluation.Evidence;

namespace Nodal.Runs;

/// <summary>CPR and CMD of one method (Mueller et al. 2025, arXiv 2504.13151) over the sizes .001 to 1, on test pairs: means over its runs. An <see cref="Estimate.Interval"/> here reaches from the lowest to the highest end of the runs' bootstrap intervals; of one run it is that run's.</summary>
/// <param name="ParametersLinear">Size in parameters, areas as published.</param>
/// <param name="ParametersLogarithmic">Size in parameters, areas over its logarithm.</param>
/// <param name="NodesLinear">Size in nodes, areas as published.</param>
/// <param name="NodesLogarithmic">Size in nodes, areas over its logarithm.</param>
public sealed record MethodAreas(FaithfulnessArea ParametersLinear, FaithfulnessArea ParametersLogarithmic, FaithfulnessArea NodesLinear, FaithfulnessArea NodesLogarithmic)
{
    /// <summary>Of the curves of a method's runs, at least one.</summary>
    internal static MethodAreas Of(CurveEvidence[] curves) => new(
        Mean(curves, curve => curve.Parameters.Linear), Mean(curves, curve => curve.Parameters.Logarithmic),
        Mean(curves, curve => curve.Nodes.Linear), Mean(curves, curve => curve.Nodes.Logarithmic));

    private static FaithfulnessArea Mean(CurveEvidence[] curves, Func<CurveEvidence, FaithfulnessArea> area)
    {
        FaithfulnessArea[] areas = Array.ConvertAll(curves, curve => area(curve));
        return new FaithfulnessArea(Mean(Array.ConvertAll(areas, one => one.Cpr)), Mean(Array.ConvertAll(areas, one => one.Cmd)));
    }

    private static Estimate Mean(Estimate[] runs) => new(runs.Average(run => run.Value), new Interval(runs.Min(run => run.Interval.Low), runs.Max(run => run.Interval.High)));
}
