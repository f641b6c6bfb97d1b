using Nodal.Tasks;

namespace Nodal.Tests.Tasks;

/// <summary>The published files as they are; counts from the READMEs beside them.</summary>
public sealed class ForeignPairsTests
{
    [Theory]
    [InlineData("ioi_train", 200)]
    [InlineData("ioi_train_400", 400)]
    [InlineData("ioi_validation", 200)]
    [InlineData("gp_train", 150)]
    [InlineData("gp_train_3k", 3024)]
    [InlineData("gp_validation", 150)]
    [InlineData("gp_test", 378)]
    [InlineData("gt_validation", 150)]
    [InlineData("boolean_expressions_train", 3840)]
    [InlineData("boolean_expressions_validation", 767)]
    [InlineData("boolean_expressions_test", 3070)]
    public void Every_row_of_Edge_Pruning_is_read(string name, int rows)
    {
        var content = PairsFile.Read(TestData.Shared("data", "edge-pruning-tasks", $"{name}.jsonl"), new WordTokenizer());
        (content.Format, content.Pairs.Length, content.Dropped.Length).ShouldBe((PairsFormat.EdgePruning, rows, 0));
    }

    [Theory]
    [InlineData("greater_than_data.csv", 1000)]
    [InlineData("ioi_llama.csv", 499)]
    public void Every_row_of_EAP_IG_is_read(string name, int rows)
    {
        var content = PairsFile.Read(TestData.Shared("data", "eap-ig-tasks", name), new WordTokenizer());
        (content.Format, content.Pairs.Length, content.Dropped.Length).ShouldBe((PairsFormat.EapIg, rows, 0));
    }

    [Fact]
    public void Three_rows_of_gt_train_contradict_themselves_and_are_dropped()
    {
        var content = PairsFile.Read(TestData.Shared("data", "edge-pruning-tasks", "gt_train.jsonl"), new WordTokenizer());
        content.Pairs.Length.ShouldBe(147);
        var dropped = content.Dropped.Single();
        (dropped.Reason, dropped.Count).ShouldBe((PairRows.Contradiction, 3));
        dropped.Examples[0].ShouldBe("gt_train.jsonl, line 60: '27' beside 'The contract lasted from 1026 to 10'");
    }

    [Fact]
    public void Greater_than_rows_with_single_digits_are_those_with_smaller_and_greater_tens()
    {
        var data = TaskLoader.Load(TestData.Shared("data", "edge-pruning-tasks", "gt_train.jsonl"), new WordTokenizer(digits: 1), new TaskOptions());
        // 123 of the 150 rows have a tens digit from 1 to 8; three of them contradict themselves.
        data.All().Count().ShouldBe(120);
        data.Dropped.Sum(dropped => dropped.Count).ShouldBe(30);
    }
}
