using CsCheck;
using Nodal.Circuits;
using Nodal.Tests.Gates;
using Nodal.Tests.Models;

namespace Nodal.Tests.Circuits;

public sealed class EntryThresholdsTests
{
    public static TheoryData<string> Models => TinyModels.Names;

    [Theory]
    [MemberData(nameof(Models))]
    public void A_node_is_in_the_closed_circuit_exactly_below_its_entry(string model)
    {
        var layout = RandomGates.Layout(model);
        Gen.Double[-2, 2].Array[layout.Count].Sample(
            scores =>
            {
                var entries = EntryThresholds.Of(layout, scores);
                foreach (var threshold in scores)
                {
                    var closed = NodeSet.Close(layout, Array.ConvertAll(scores, score => score > threshold));
                    entries.Select(entry => entry > threshold ? 1.0 : 0.0).ShouldBe(closed.Gates());
                }
            },
            iter: 20);
    }
}
