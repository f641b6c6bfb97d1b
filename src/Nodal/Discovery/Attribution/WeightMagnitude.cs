using Nodal.Gates;

namespace Nodal.Discovery.Attribution;

/// <summary>The size of each node's weights (<see cref="NodeMagnitudes"/>), the baseline that looks at no pair.</summary>
internal sealed class WeightMagnitude : INodeEffects
{
    public double[] Effects(ScoringSetting setting) => NodeMagnitudes.Of(setting.Layout, setting.Model);
}
