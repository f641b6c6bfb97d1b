using System.Collections.Immutable;

namespace Nodal.Tasks;

/// <summary>Encoded pairs by what they are used for.</summary>
internal sealed record PairSplits(ImmutableArray<EncodedPair> Train, ImmutableArray<EncodedPair> Selection, ImmutableArray<EncodedPair> Test)
{
    public TaskData ToTaskData(string name, DropCounter drops) => new()
    {
        Name = name,
        Train = Train,
        Selection = Selection,
        Test = Test,
        Dropped = drops.ToImmutable(),
        DifferingLastToken = Train.Concat(Selection).Concat(Test).Count(pair => pair.DiffersAtAnswer),
    };
}
