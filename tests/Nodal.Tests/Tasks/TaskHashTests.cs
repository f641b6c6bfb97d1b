using Nodal.Tasks;

namespace Nodal.Tests.Tasks;

public sealed class TaskHashTests
{
    private static readonly TaskData Task = new() { Name = "one", Train = [Pair([1, 2], [1, 3]), Pair([4, 5], [4, 6])], Selection = [Pair([7], [8])], Test = [Pair([9], [10])] };

    [Fact]
    public void The_same_pairs_have_the_same_hash_whatever_they_are_called() => TaskHash.Of(Task with { Name = "other", DifferingLastToken = 3 }).ShouldBe(TaskHash.Of(Task));

    [Fact]
    public void Every_change_of_a_pair_a_split_or_an_order_changes_it()
    {
        var pair = Task.Train[0];
        TaskData[] others =
        [
            Task with { Train = [.. Task.Train.Reverse()] },
            Task with { Train = [pair], Selection = [Task.Train[1], .. Task.Selection] },
            Task with { Selection = Task.Test, Test = Task.Selection },
            Task with { Test = [] },
            Task with { Train = [pair with { Clean = [1, 9] }, Task.Train[1]] },
            Task with { Train = [pair with { Corrupted = [1, 9] }, Task.Train[1]] },
            Task with { Train = [pair with { AnswerPosition = 0 }, Task.Train[1]] },
            Task with { Train = [pair with { Answers = [21] }, Task.Train[1]] },
            Task with { Train = [pair with { Foils = [20, 22] }, Task.Train[1]] },
            Task with { Train = [pair with { Answers = [20, 21], Foils = [] }, Task.Train[1]] },
        ];

        others.Append(Task).Select(TaskHash.Of).Distinct().Count().ShouldBe(others.Length + 1);
    }

    private static EncodedPair Pair(int[] clean, int[] corrupted) => new()
    {
        Pair = new PromptPair { Clean = string.Join(' ', clean), Corrupted = string.Join(' ', corrupted), Answers = ["answer"], Foils = ["foil"] },
        Clean = [.. clean],
        Corrupted = [.. corrupted],
        Answers = [20],
        Foils = [21],
    };
}
