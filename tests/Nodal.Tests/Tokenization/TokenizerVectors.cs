using System.Globalization;
using Nodal.Tokenization;

namespace Nodal.Tests.Tokenization;

/// <summary>Texts with the ids that llama.cpp's repository has for them, made with Hugging Face's tokenizers.</summary>
internal static class TokenizerVectors
{
    /// <summary>How many texts each vocabulary has.</summary>
    public const int Count = 47;

    public static List<(string Text, int[] Ids)> Read(string vocabulary)
    {
        var file = TestData.Shared("data", "llamacpp-tokenizer-vectors", $"ggml-vocab-{vocabulary}.gguf.inp");
        var texts = File.ReadAllText(file).Split("\n__ggml_vocab_test__\n");
        var lines = File.ReadAllText(Path.ChangeExtension(file, "out")).Split('\n');
        texts.Length.ShouldBe(Count);
        lines.Length.ShouldBe(Count);
        return [.. texts.Zip(lines, (text, line) => (text, Ids(line)))];
    }

    public static ITokenizer Gguf(string vocabulary) =>
        GgufTokenizer.From(GgufMetadataFile.Read(TestData.Shared("data", "llamacpp-tokenizer-vectors", $"ggml-vocab-{vocabulary}.gguf")));

    public static void ShouldReproduce(this ITokenizer tokenizer, IReadOnlyCollection<(string Text, int[] Ids)> vectors) =>
        vectors.Where(vector => !tokenizer.Encode(vector.Text).SequenceEqual(vector.Ids))
            .Select(vector => $"'{vector.Text}': {string.Join(' ', tokenizer.Encode(vector.Text))} instead of {string.Join(' ', vector.Ids)}")
            .ShouldBeEmpty();

    private static int[] Ids(string line) =>
        [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture))];
}
