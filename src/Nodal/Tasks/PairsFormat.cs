namespace Nodal.Tasks;

/// <summary>The formats of pairs files that Nodal reads; it writes <see cref="Nodal"/>.</summary>
public enum PairsFormat
{
    /// <summary>JSON lines with <c>clean</c>, <c>corrupted</c>, <c>answer</c>, <c>foil</c> (string, or list of strings).</summary>
    Nodal,

    /// <summary>Edge-Pruning's JSON lines: IOI, gendered pronoun, greater-than or boolean expressions.</summary>
    EdgePruning,

    /// <summary>EAP-IG's and MIB's CSV: <c>clean</c>, <c>corrupted</c> and <c>label</c> (greater-than) or <c>correct_idx</c> (IOI).</summary>
    EapIg,

    /// <summary>AutoCircuit's JSON: <c>prompts</c> with <c>clean</c>, <c>corrupt</c>, <c>answers</c>, <c>wrong_answers</c>.</summary>
    AutoCircuit,
}
