using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Nodal.Cli.Output;

/// <summary>A kept node of a <see cref="CircuitOutline"/>.</summary>
/// <param name="Node">Its name.</param>
/// <param name="Kept">How many of its children are kept, by what they are; absent for leaves.</param>
/// <param name="Children">Its children, as far as they were asked for; absent for leaves.</param>
internal sealed record OutlineNode(
    string Node,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, int>? Kept,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ImmutableArray<OutlineNode>? Children);
