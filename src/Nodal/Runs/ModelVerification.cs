using System.Buffers;
using System.Globalization;
using Nodal.Models;
using Nodal.Runtime;
using Nodal.Tokenization;
using Nodal.Weights;
using static TorchSharp.torch;

namespace Nodal.Runs;

/// <summary>Looks for damage in a model: every tensor is read, a prompt is run, text goes through the tokenizer and back.</summary>
public static class ModelVerification
{
    private const string Text = "Once upon a time there was a little dog.";

    /// <summary>Verifies the files of a model.</summary>
    /// <param name="reference">As <see cref="ModelLoader.Load(string)"/> takes it.</param>
    /// <param name="progress">News while it works.</param>
    /// <param name="cancellation">Ends it between two tensors.</param>
    /// <exception cref="NodalException">The model is damaged; the message says where.</exception>
    public static VerifiedModel Execute(string reference, IProgress<RunProgress>? progress = null, CancellationToken cancellation = default)
    {
        progress?.Report(new RunProgress(RunPhase.Evaluating, $"every tensor of {reference}"));
        var (tensors, elements) = ReadTensors(ModelLocation.Find(reference), cancellation);
        progress?.Report(new RunProgress(RunPhase.LoadingModel, reference));
        using var model = ModelLoader.Load(reference);
        if (model.Tokenizer is not { } tokenizer)
        {
            _ = MostLikely(model.Transformer, [0, 1, 2]);
            return new VerifiedModel(reference, model.Hash, tensors, elements, null, "tokens 0, 1, 2", null);
        }

        var text = tokenizer is WordListTokenizer words ? words.Sample(model.Transformer.LongestPrompt - 1) : Text;
        var ids = RoundTrip(reference, tokenizer, text);
        var next = MostLikely(model.Transformer, tokenizer.BeginOfSequence is { } begin ? [begin, .. ids] : ids);
        var answer = model.Transformer.Config.OutputSize == tokenizer.VocabularySize ? $"'{tokenizer.Decode([(int)next])}'" : $"output {next}";
        return new VerifiedModel(reference, model.Hash, tensors, elements, tokenizer.Description, $"'{text}'", answer);
    }

    private static (int Tensors, long Elements) ReadTensors(string path, CancellationToken cancellation)
    {
        using var source = WeightSource.Open(path);
        long elements = 0;
        foreach (var entry in source.Entries.Values.OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            cancellation.ThrowIfCancellationRequested();
            elements += entry.Elements;
            if (!TensorDecoder.IsInteger(entry.Type))
            {
                CheckFinite(source, entry, path);
            }
        }

        return (source.Entries.Count, elements);
    }

    private static void CheckFinite(IWeightSource source, TensorEntry entry, string path)
    {
        var count = checked((int)entry.Elements);
        var values = ArrayPool<float>.Shared.Rent(count);
        try
        {
            var read = values.AsSpan(0, count);
            source.ReadFloat32(entry.Name, read);
            var damaged = FirstNotFinite(read);
            if (damaged >= 0)
            {
                Throw.Input(
                    $"the tensor '{entry.Name}' of {path} is damaged", found: $"{read[damaged].ToString(CultureInfo.InvariantCulture)} at element {damaged}",
                    expected: $"{count} finite numbers", remedy: "Download the model again");
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(values);
        }
    }

    private static int FirstNotFinite(ReadOnlySpan<float> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private static IReadOnlyList<int> RoundTrip(string reference, ITokenizer tokenizer, string text)
    {
        var ids = tokenizer.Encode(text);
        var back = tokenizer.Decode(ids).TrimStart();
        if (back != text)
        {
            Throw.Input($"the tokenizer of {reference} is damaged", found: $"'{back}' after encoding and decoding", expected: $"'{text}'", remedy: "Download the model again");
        }

        return ids;
    }

    private static long MostLikely(Transformer model, IReadOnlyList<int> ids)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var tokens = tensor(ids.Select(id => (long)id).ToArray()).unsqueeze(0);     // (1, t)
        var logits = model.Forward(tokens).select(1, ids.Count - 1).to(ScalarType.Float32);   // (1, v)
        if (!logits.isfinite().all().item<bool>())
        {
            Throw.Input("the model does not run", found: "logits that are not finite", expected: "finite logits", remedy: "Download the model again");
        }

        return logits.argmax(-1).item<long>();
    }
}
