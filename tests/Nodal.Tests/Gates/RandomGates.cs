using CsCheck;
using Nodal.Gates;
using Nodal.Tests.Models;

namespace Nodal.Tests.Gates;

/// <summary>Generators of gates and sets of nodes of the tiny models.</summary>
internal static class RandomGates
{
    public static GateLayout Layout(string model) => new(TinyModels.Config(model));

    /// <summary>With the gates of layers and of the embedding too.</summary>
    public static GateLayout WholeLayout(string model) => new(TinyModels.Config(model), Enum.GetValues<Granularity>());

    /// <summary>Gates in [0, 1], some of them exactly 0 or 1.</summary>
    public static Gen<double[]> Soft(int count) => Gen.Double[-0.2, 1.2].Select(gate => Math.Clamp(gate, 0, 1)).Array[count];

    /// <summary>Sets of nodes, from nearly empty to nearly full.</summary>
    public static Gen<bool[]> Nodes(int count) =>
        Gen.Select(Gen.Double[0, 1], Gen.Double[0, 1].Array[count]).Select((density, draws) => Array.ConvertAll(draws, draw => draw < density));

    /// <summary>Gates in (0, 1) from a seed, for tests that want one fixed vector.</summary>
    public static double[] Fixed(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => 0.05 + (0.9 * random.NextDouble()))];
    }
}
