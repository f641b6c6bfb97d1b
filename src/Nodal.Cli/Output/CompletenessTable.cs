using Nodal.Evaluation;
using Nodal.Evaluation.Evidence;
using Spectre.Console;

namespace Nodal.Cli.Output;

/// <summary>What is left without the circuit, and the gaps between circuit and model without the same nodes, the largest of each kind.</summary>
internal static class CompletenessTable
{
    /// <summary>Gaps of one kind that are shown; the document has all.</summary>
    private const int Shown = 3;

    /// <summary>Characters of K that are shown.</summary>
    private const int Words = 48;

    public static void Write(IAnsiConsole console, CompletenessEvidence evidence)
    {
        console.Line($"Completeness ({evidence.Runs} runs): the model without the circuit, then |m(C∖K) − m(M∖K)| of circuit and model without the same nodes K, m the logit difference (arXiv 2211.00593)");
        console.Facts(
        [
            ("circuit's leaves closed, rest open", Rest(evidence.Complement)),
            ("circuit's heads and MLP blocks closed", Rest(evidence.KnockOut)),
            ("mean gap of random K", Figures.Of(evidence.MeanRandomGap)),
            ("largest gap", Figures.Of(evidence.LargestGap)),
        ]);
        FigureTable.Write(
            console, ["K", "nodes", "m(C∖K)", "m(M∖K)", "gap"], Rows("random", evidence.Random).Concat(Rows("", evidence.Groups)).Concat(Rows("greedy", evidence.Greedy)),
            words: [0]);
    }

    private static string Rest(EvaluationRow row) =>
        $"logit difference {Figures.Logits(row.LogitDifference)} {Figures.Range(row.Intervals.LogitDifference)}; share of full model's {Figures.Share(row.LogitDifferenceShare)}; KL {Figures.Nats(row.Kl)}";

    private static IEnumerable<string[]> Rows(string kind, IEnumerable<CompletenessGap> gaps) => gaps.OrderByDescending(gap => gap.Gap.Value).Take(Shown).Select(gap => new[]
    {
        Short($"{kind} {gap.Removed}".Trim()), Figures.Count(gap.Count), Figures.Of(gap.Circuit), Figures.Of(gap.Model), Figures.Of(gap.Gap),
    });

    private static string Short(string words) => words.Length <= Words ? words : $"{words[..(Words - 1)]}…";
}
