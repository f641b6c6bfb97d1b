using Nodal.Runtime;

namespace Nodal.Tasks;

/// <summary>How many pairs a task gives, and how they are split.</summary>
public sealed record TaskOptions
{
    /// <summary>Training pairs a made task gives when nothing else is said.</summary>
    public const int DefaultTrainPairs = 200;

    /// <summary>Training pairs, at least 1. A made task gives exactly as many (default 200); of a pairs file at most so many are taken (default all).</summary>
    public int? TrainPairs { get; init; }

    /// <summary>Selection pairs, at least 1. A made task gives exactly as many (default: as for training); of a file at most so many (default all).</summary>
    public int? SelectionPairs { get; init; }

    /// <summary>Test pairs, at least 1. A made task gives exactly as many (default: as for training); of a file at most so many (default all).</summary>
    public int? TestPairs { get; init; }

    /// <summary>Seed of the generator that makes, shuffles and splits the pairs; the same seed and tokenizer give the same pairs. Default 0.</summary>
    public int Seed { get; init; }

    /// <summary>Tokens the model can read; longer prompts are dropped and counted. Default: no limit.</summary>
    public int ContextLength { get; init; } = int.MaxValue;

    /// <summary>Every pair of a pairs file is a test pair; nothing is split. Default <see langword="false"/>.</summary>
    public bool Whole { get; init; }

    /// <summary>Pairs file to select on. Only with a pairs file as task. Default <see langword="null"/>: a fifth of the task's file.</summary>
    public string? SelectionFile { get; init; }

    /// <summary>Pairs file for the final numbers. Only with a pairs file as task. Default <see langword="null"/>: a fifth of the task's file.</summary>
    public string? TestFile { get; init; }

    /// <summary>Checks every option and reports all faults at once.</summary>
    /// <exception cref="NodalException">An option is out of its range.</exception>
    public void Validate()
    {
        (string Name, int? Value)[] counts =
        [
            ("training pairs", TrainPairs), ("selection pairs", SelectionPairs), ("test pairs", TestPairs), ("context length", ContextLength),
        ];
        var faults = counts.Where(count => count.Value < 1).Select(count => $"{count.Name} {count.Value}").ToArray();
        if (faults.Length > 0)
        {
            Throw.Usage(
                "the task cannot be made", found: string.Join(", ", faults), expected: "whole numbers from 1",
                remedy: "Leave the option out to get its default");
        }
    }
}
