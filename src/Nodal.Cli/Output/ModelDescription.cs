using System.Collections.Immutable;
using Nodal.Gates;
using Nodal.Models;

namespace Nodal.Cli.Output;

/// <summary>What <c>nodal model show</c> says; also its JSON document.</summary>
/// <param name="Model">As it was named.</param>
/// <param name="Path">Where it was read from.</param>
/// <param name="Format">Family and file layout.</param>
/// <param name="Hash">SHA-256 of the weight files.</param>
/// <param name="Tokenizer">What its tokenizer is, if it has one.</param>
/// <param name="Config">Dimensions and kinds.</param>
/// <param name="Parameters">By part.</param>
/// <param name="Gates">Of each granularity.</param>
internal sealed record ModelDescription(
    string Model, string Path, string Format, string Hash, string? Tokenizer, ModelConfig Config, ParameterCounts Parameters, ImmutableSortedDictionary<Granularity, int> Gates)
{
    public static ModelDescription Of(LoadedModel model)
    {
        var config = model.Transformer.Config;
        var layout = new GateLayout(config);
        return new ModelDescription(
            model.Reference, model.Path, model.Format, model.Hash, model.Tokenizer?.Description, config, ParameterCounts.Of(layout),
            GateLayout.All.ToImmutableSortedDictionary(granularity => granularity, granularity => layout.PerLayer(granularity) * config.Layers));
    }
}
