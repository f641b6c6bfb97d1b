using System.Collections.Immutable;
using System.Globalization;
using Nodal.Tasks;
using Nodal.Tokenization;

namespace Nodal.Runs;

/// <summary>Pairs of some inputs of a model and what it says to them.</summary>
/// <param name="words">Its vocabulary.</param>
/// <param name="inputs">The prompts, all of one length.</param>
/// <param name="said">Of each input at each position: the output the model prefers, or its one output.</param>
/// <param name="outputs">How many outputs it has.</param>
internal sealed class InputPairs(WordListTokenizer words, ImmutableArray<int>[] inputs, double[][] said, int outputs)
{
    /// <summary>Inputs drawn in search of one with another answer; after so many there is hardly any.</summary>
    private const int Tries = 200;

    /// <summary>Numbers nearer to each other are one answer.</summary>
    private const double SameNumber = 1e-4;

    /// <summary>One pair for each input and each position after the begin of the sequence.</summary>
    public IEnumerable<EncodedPair> All(Random random)
    {
        var first = words.BeginOfSequence is null ? 0 : 1;
        return Enumerable.Range(0, inputs.Length).SelectMany(input => Enumerable.Range(first, inputs[0].Length - first).Select(position => Pair(input, position, random)));
    }

    private EncodedPair Pair(int input, int position, Random random)
    {
        var (clean, corrupted) = (inputs[input], inputs[OfAnotherAnswer(input, position, random)]);
        ImmutableArray<int> answers = [outputs == 1 ? 0 : (int)said[input][position]];
        ImmutableArray<int> foils = [.. Enumerable.Range(0, outputs).Except(answers)];
        return new EncodedPair
        {
            Pair = new PromptPair
            {
                Clean = words.Decode(clean), Corrupted = words.Decode(corrupted), Answers = Names(answers), Foils = Names(foils),
                Origin = string.Create(CultureInfo.InvariantCulture, $"position {position}"),
            },
            Clean = clean,
            Corrupted = corrupted,
            AnswerPosition = position,
            Answers = answers,
            Foils = foils,
        };
    }

    /// <summary>Another input with another answer at a position, or with the same where none was drawn that has another.</summary>
    private int OfAnotherAnswer(int input, int position, Random random)
    {
        var other = input;
        for (var tried = 0; tried < Tries && !(Math.Abs(said[other][position] - said[input][position]) > SameNumber); tried++)
        {
            other = (input + 1 + random.Next(inputs.Length - 1)) % inputs.Length;
        }

        return other;
    }

    private static ImmutableArray<string> Names(ImmutableArray<int> outputs) => [.. outputs.Select(output => string.Create(CultureInfo.InvariantCulture, $"output {output}"))];
}
