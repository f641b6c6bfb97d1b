using System.Collections.Immutable;
using Nodal.Models;
using Nodal.Runtime;
using Nodal.Tasks;
using Nodal.Tokenization;
using static TorchSharp.torch;

namespace Nodal.Runs;

/// <summary>The task of doing on every input what the full model does: for models with so few words that all prompts of their whole context can be run, such as compiled ones.</summary>
/// <remarks>
/// One pair for each input and each position after the begin of the sequence. The answer is the output the model prefers there, all others are foils; a model with one output, a number, has no
/// foil. The corrupted prompt is another input, at random, with another answer there. Nothing is held out, for there is nothing to generalise to: training, selection and test have the same pairs.
/// </remarks>
internal static class EveryInputs
{
    private const int MostInputs = 1 << 14;

    /// <summary>Makes the pairs.</summary>
    /// <exception cref="NodalException">The model has no list of words, or too many inputs.</exception>
    public static TaskData Make(LoadedModel model, TaskRequest request)
    {
        if ((request.SelectionFile ?? request.TestFile) is { } file)
        {
            Throw.Usage($"task '{TaskRequest.EveryInput}' has its own selection and test pairs", found: $"the pairs file {file}", expected: "no file beside it", remedy: "Leave the file out");
        }

        if (model.Tokenizer is not WordListTokenizer words)
        {
            Throw.Input(
                $"task '{TaskRequest.EveryInput}' needs a model of few words", found: $"{model.Reference}, a model of {model.Transformer.Config.VocabularySize} tokens", expected: "a vocabulary in its config.json",
                remedy: "Use a compiled transformer, or another task");
            return null;
        }

        var inputs = Inputs(words, model.Transformer.Config.ContextLength);
        var outputs = new InputPairs(words, inputs, Outputs(model.Transformer, inputs), model.Transformer.Config.OutputSize);
        var random = new Random(request.Seed);
        EncodedPair[] pairs = [.. outputs.All(random)];
        random.Shuffle(pairs);
        ImmutableArray<EncodedPair> measured = [.. pairs.Take(request.Pairs ?? pairs.Length)];
        return new TaskData
        {
            Name = TaskRequest.EveryInput,
            Train = [.. measured.Take(request.TrainingPairs ?? measured.Length)],
            Selection = measured,
            Test = measured,
            DifferingLastToken = measured.Count(pair => pair.DiffersAtAnswer),
        };
    }

    /// <summary>All prompts of the whole context.</summary>
    private static ImmutableArray<int>[] Inputs(WordListTokenizer words, int length)
    {
        var free = words.BeginOfSequence is null ? length : length - 1;
        var count = Math.Pow(words.Inputs.Length, free);
        if (!(count is >= 2 and <= MostInputs))
        {
            Throw.Input(
                $"task '{TaskRequest.EveryInput}' cannot run every input", found: $"{words.Inputs.Length} words at {free} positions", expected: $"2 to {MostInputs} inputs in all",
                remedy: "Use a model of fewer words or a shorter context, or give a pairs file");
        }

        IEnumerable<ImmutableArray<int>> prompts = [words.BeginOfSequence is { } begin ? [begin] : []];
        for (var position = 0; position < free; position++)
        {
            prompts = prompts.SelectMany(prompt => words.Inputs.Select(prompt.Add));
        }

        return [.. prompts];
    }

    /// <summary>What the model says at each position of each input: the output it prefers, or its one output.</summary>
    private static double[][] Outputs(Transformer model, ImmutableArray<int>[] inputs)
    {
        using var noGradient = no_grad();
        return [.. inputs.Chunk(1024).SelectMany(chunk =>
        {
            using var scope = NewDisposeScope();
            var tokens = tensor(chunk.SelectMany(prompt => prompt).Select(id => (long)id).ToArray(), chunk.Length, chunk[0].Length);
            var logits = model.Forward(tokens);                          // (b, t, v)
            var said = (model.Config.OutputSize == 1 ? logits.squeeze(-1) : logits.argmax(-1)).to(ScalarType.Float64).contiguous();   // (b, t)
            return said.data<double>().ToArray().Chunk(chunk[0].Length);
        })];
    }
}
