using System.Collections.Immutable;

namespace Nodal.Tasks;

/// <summary>What a pairs file holds.</summary>
/// <param name="Format">The format it was found to be in.</param>
/// <param name="Pairs">Its pairs in the file's order; not yet checked against the tokenizer.</param>
/// <param name="Dropped">Rows no pair can be made of with the tokenizer at hand: greater-than years it does not split, or that contradict the row's label.</param>
public sealed record PairsFileContent(PairsFormat Format, ImmutableArray<PromptPair> Pairs, ImmutableArray<DroppedPairs> Dropped);
