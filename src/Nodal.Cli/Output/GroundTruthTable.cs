using Nodal.Evaluation.Evidence;
using Spectre.Console;

namespace Nodal.Cli.Output;

/// <summary>How the run's method does on models whose needs are known.</summary>
internal static class GroundTruthTable
{
    public static void Write(IAnsiConsole console, GroundTruthEvidence evidence)
    {
        console.Line("Ground truth: the run's method on compiled transformers, zero ablation, all inputs. ROC area: 1 where all that is needed is ranked above all that is not");
        FigureTable.Write(
            console, ["model", "needed", "heads and\nMLP blocks", "heads", "MLP blocks"],
            evidence.Rows.Select(row => (string[])[row.Model, string.Join(", ", row.Needed), Figures.Share(row.Score.Area), Figures.Share(row.Score.Heads), Figures.Share(row.Score.MlpBlocks)]),
            words: [0, 1]);
    }
}
