namespace Nodal.Discovery;

/// <summary>What the published runs of a task have of their own (arXiv 2512.10903, released scripts).</summary>
/// <param name="Epochs">Times all pairs are seen.</param>
/// <param name="BatchSize">Pairs per step.</param>
/// <param name="LearningRate">Of the first epoch.</param>
/// <param name="Margin">Logits, or <see langword="null"/> for no margin term.</param>
/// <param name="AmongChoices">Whether KL is over answers and foils alone.</param>
public sealed record PaperPreset(int Epochs, int BatchSize, double LearningRate, double? Margin, bool AmongChoices = false)
{
    /// <summary>Of a task by name; of a pairs file, which the paper does not have, that of <c>ioi</c> with a margin of 0.1, because a margin of 4 logits is more than most behaviours have.</summary>
    /// <param name="task"><c>ioi</c>, <c>gp</c>, <c>gt</c>, <c>docstring</c>, or anything else.</param>
    public static PaperPreset For(string task) => task switch
    {
        "ioi" => new(500, 32, 3e-2, 4),
        "gp" => new(500, 64, 3e-1, 0.1),
        "gt" => new(250, 16, 5e-2, Margin: null, AmongChoices: true),
        "docstring" => new(500, 32, 3e-2, 0.1),
        _ => new(500, 32, 3e-2, 0.1),
    };
}
