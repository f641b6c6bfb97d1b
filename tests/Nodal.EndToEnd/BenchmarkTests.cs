using System.Globalization;

namespace Nodal.EndToEnd;

/// <summary>The benchmarks' own check on tiny models: every table with every row, every form computing the same. No time is asserted.</summary>
public sealed class BenchmarkTests
{
    private static readonly string[] Published = ["published, true length", "published, padded to 24"];

    [Fact]
    public void The_self_check_measures_everything_and_all_forms_agree()
    {
        var tables = MarkdownTable.AllOf(NodalTool.RunBenchmarks("self-check").Successful().Output);
        var engines = tables.Single(table => table.Section == "layers").Rows.Select(row => row["engine"]).Distinct().ToArray();
        engines.ShouldContain("plain");

        Products(tables);
        Steps(tables, engines);
        Phases(tables);
        Agreements(tables, engines);
        Runs(tables);
        Scaling(tables, engines);
        tables.Where(table => table.Columns.Contains("with every position")).SelectMany(table => table.Rows).Count(row => Number(row["with every position"]) > 0).ShouldBe(4);
    }

    private static void Products(IReadOnlyList<MarkdownTable> tables)
    {
        var products = tables.Where(table => table.Columns.Contains("precision")).ToArray();

        products.Length.ShouldBe(4);
        products.ShouldAllBe(table => table.Rows.Select(row => row["precision"]).SequenceEqual(new[] { "float32", "bf16" }));
        products.SelectMany(table => table.Rows).ShouldAllBe(row => Number(row["GFLOP/s"]) > 0);
    }

    private static void Steps(IReadOnlyList<MarkdownTable> tables, string[] engines)
    {
        var expected = Published.Select(form => (form, "1")).Concat(from engine in engines from size in new[] { "1", "0.5", "0.1" } select (engine, size)).ToArray();
        var steps = tables.Where(table => table.Columns.Contains("faster than published")).ToArray();

        steps.Select(table => table.Section).ShouldBe(["tiny GPT-2", "tiny Llama", "stories260K, gp", "stories260K, several lengths"]);
        foreach (var table in steps)
        {
            table.Rows.Select(row => (row["form"], row["size"])).ShouldBe(expected);
            table.Rows.ShouldAllBe(row => Number(row["seconds a step"]) > 0);
            table.Rows.Where(row => row["size"] == "1").ShouldAllBe(row => Number(row["GFLOP/s"]) > 0);
        }
    }

    private static void Phases(IReadOnlyList<MarkdownTable> tables)
    {
        var phases = tables.Where(table => table.Columns.Contains("LM head, loss and gradient")).ToArray();

        phases.Length.ShouldBe(4);
        phases.ShouldAllBe(table => table.Rows.Select(row => row["size"]).SequenceEqual(new[] { "1", "0.5", "0.1" }));
    }

    private static void Agreements(IReadOnlyList<MarkdownTable> tables, string[] engines)
    {
        var agreements = tables.Where(table => table.Columns.Contains("gradients differ by")).ToArray();

        agreements.Length.ShouldBe(4);
        foreach (var table in agreements)
        {
            table.Rows.Select(row => row["form"]).ShouldBe(engines.Prepend(Published[1]).SelectMany(form => Enumerable.Repeat(form, 3)));
            foreach (var row in table.Rows)
            {
                Number(row["KL published"]).ShouldBeGreaterThan(0.1);
                Number(row["KL differs by"]).ShouldBeLessThanOrEqualTo(Number(row["allowed"]));
                Number(row["gradients differ by"]).ShouldBeLessThanOrEqualTo(Number(row["allowed"]));
            }

            table.Rows.ShouldAllBe(row => Number(row["allowed"]) <= (row["form"].EndsWith("bf16", StringComparison.Ordinal) ? 3e-2 : 1e-4));
        }
    }

    private static void Runs(IReadOnlyList<MarkdownTable> tables)
    {
        var run = tables.Single(table => table.Section == "A complete run");

        run.Rows.Select(row => (row["form"].Split(':')[0], row["steps"], row["total is"])).ShouldBe(
            [("Nodal, complete run", "3", "measured"), (Published[0], "3500", "extrapolated"), (Published[1], "3500", "extrapolated")]);
        run.Rows.ShouldAllBe(row => Number(row["wall seconds"]) > 0);
    }

    private static void Scaling(IReadOnlyList<MarkdownTable> tables, string[] engines)
    {
        foreach (var dimension in new[] { "layers", "width", "tokens", "batch", "pairs" })
        {
            var rows = tables.Single(table => table.Section == dimension).Rows;
            rows.Count.ShouldBe(2 * engines.Length * 2);
            rows.Select(row => row[dimension]).Distinct().Count().ShouldBe(2);
        }
    }

    private static double Number(string cell) => double.Parse(cell, NumberStyles.Float, CultureInfo.InvariantCulture);
}
