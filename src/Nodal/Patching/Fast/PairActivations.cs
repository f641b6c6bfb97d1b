using Nodal.Tasks;

namespace Nodal.Patching.Fast;

/// <summary>What the fast engine needs of a pair beyond gates: its ablated run and the full model's answer.</summary>
internal sealed unsafe class PairActivations<T>
    where T : unmanaged, IElement<T>
{
    public required EncodedPair Pair { get; init; }

    /// <summary>The ablated run; its memory belongs to the store.</summary>
    public required AblatedActivations<T> Ablated { get; init; }

    public required FullAnswer Full { get; init; }

    /// <summary>Tokens before the first one under gates.</summary>
    public int Prefix => Ablated.Layout.Prefix;

    /// <summary>Tokens from there on.</summary>
    public int Rows => Pair.Length - Prefix;
}
