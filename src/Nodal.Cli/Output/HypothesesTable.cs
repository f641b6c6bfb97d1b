using System.Globalization;
using Nodal.Evaluation.Evidence;
using Spectre.Console;

namespace Nodal.Cli.Output;

/// <summary>The tests of the circuit hypothesis: what was counted, the p-value, and what it says at the level.</summary>
internal static class HypothesesTable
{
    /// <summary>Needless nodes that are named; the document has all.</summary>
    private const int Named = 8;

    public static void Write(IAnsiConsole console, HypothesesEvidence evidence)
    {
        console.Line(string.Create(CultureInfo.InvariantCulture,
            $"Hypothesis tests ({evidence.Runs} runs; arXiv 2410.13032) at the level of {evidence.Level}; random circuits and nodes on {evidence.ComparedPairs} of the pairs"));
        console.Facts(
        [
            ("equivalence", Equivalence(evidence)),
            ("independence", Independence(evidence)),
            ("minimality", Minimality(evidence)),
            ("sufficiency", Comparison(evidence.Sufficiency, "KL of the circuit", "less", evidence.Level)),
            ("partial necessity", Comparison(evidence.PartialNecessity, "KL without the circuit", "more", evidence.Level)),
        ]);
        foreach (var sentence in evidence.LeftOut)
        {
            console.Line(sentence);
        }
    }

    private static string Equivalence(HypothesesEvidence evidence)
    {
        var test = evidence.Equivalence;
        return string.Create(CultureInfo.InvariantCulture,
            $"{(test.PValue < evidence.Level ? "rejected" : "stands")}: the circuit scores higher on {test.Better} pairs, lower on {test.Worse}, the same on {test.Ties}; p {Figures.Probability(test.PValue)} with a margin of {test.Margin}, {Figures.Probability(test.SignTest)} without");
    }

    private static string Independence(HypothesesEvidence evidence)
    {
        var (test, closed) = (evidence.Independence, evidence.IndependenceAllClosed);
        var verdict = test.PValue >= evidence.Level ? "stands"
            : closed.PValue >= evidence.Level ? "rejected: without the circuit the scores still depend on the full model's"
            : "rejected, as it is with every node closed";
        return $"{verdict}; {Words(test)} ({Figures.Count(test.Permutations)} permutations); with every node closed {Words(closed)}";
    }

    private static string Words(IndependenceTest test) => $"HSIC {test.Hsic.ToString("0.0000", CultureInfo.InvariantCulture)}, p {Figures.Probability(test.PValue)}";

    private static string Minimality(HypothesesEvidence evidence)
    {
        var test = evidence.Minimality;
        string[] needless = [.. test.Nodes.Where(node => node.CorrectedPValue < evidence.Level).Select(node => node.Node)];
        var untested = test.Untested == 0 ? "" : $"; {test.Untested} not tested: nothing of their granularity is outside";
        return needless.Length == 0
            ? $"stands for all {test.Nodes.Length} heads and blocks{untested}"
            : $"rejected for {needless.Length} of {test.Nodes.Length} heads and blocks, which matter no more than random nodes: {string.Join(", ", needless.Take(Named))}{(needless.Length > Named ? ", …" : "")}{untested}";
    }

    private static string Comparison(RandomComparison? test, string what, string better, double level)
    {
        if (test is null)
        {
            return "left out";
        }

        var verdict = test.PValue < level ? "shown" : test.SmallestPValue >= level ? "cannot be shown by so few random circuits" : "not shown";
        return string.Create(CultureInfo.InvariantCulture,
            $"{verdict}: {what} {Figures.Nats(test.Kl)} {Figures.Range(test.Interval)} is {better} than that of {test.Beaten} of {test.Random.Length} random ones ({Figures.Nats(test.Random.Min())} to {Figures.Nats(test.Random.Max())}); p {Figures.Probability(test.PValue)} of at least {Figures.Probability(test.SmallestPValue)}");
    }
}
