using Nodal.Runtime;

namespace Nodal.Tokenization;

/// <summary>Tokenizers from the files that lie beside a model's weights.</summary>
public static class TokenizerFile
{
    private const string Known = "tokenizer.json, vocab.json with merges.txt, encoder.json with vocab.bpe, or llama2.c's tok*.json";

    private static readonly (string Vocabulary, string Merges)[] Pairs = [("vocab.json", "merges.txt"), ("encoder.json", "vocab.bpe")];

    /// <summary>Finds and reads the tokenizer of a model folder.</summary>
    /// <param name="folder">Looked into for, in this order: <c>tokenizer.json</c>, <c>vocab.json</c> with <c>merges.txt</c>, <c>encoder.json</c> with <c>vocab.bpe</c>, llama2.c's <c>tok*.json</c>.</param>
    /// <exception cref="NodalException">There is none, it is damaged, or it has a part that is not supported.</exception>
    public static ITokenizer Load(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (!Directory.Exists(folder))
        {
            Throw.Input("the tokenizer's folder does not exist", $"'{folder}'", "a folder with the model's files", "check the path");
        }

        var huggingFace = Path.Combine(folder, "tokenizer.json");
        if (File.Exists(huggingFace))
        {
            return HuggingFaceTokenizerFile.Load(huggingFace);
        }

        foreach (var (vocabulary, merges) in Pairs)
        {
            if (File.Exists(Path.Combine(folder, vocabulary)))
            {
                RequireMerges(folder, vocabulary, merges);
                return VocabularyAndMergesFiles.Load(Path.Combine(folder, vocabulary), Path.Combine(folder, merges));
            }
        }

        return Llama2cTokenizerFile.Load(FindLlama2c(folder));
    }

    /// <summary>Whether a folder holds anything that <see cref="Load"/> takes for a tokenizer.</summary>
    public static bool Exists(string folder) =>
        Directory.Exists(folder)
        && (Directory.EnumerateFiles(folder, "tok*.json").Any(file => Path.GetFileName(file) != "tokenizer_config.json")
            || Pairs.Any(pair => File.Exists(Path.Combine(folder, pair.Vocabulary))));

    private static void RequireMerges(string folder, string vocabulary, string merges)
    {
        if (!File.Exists(Path.Combine(folder, merges)))
        {
            Throw.Input($"'{folder}' has {vocabulary} without its merges", $"no {merges}", $"{merges} beside {vocabulary}", $"download the model's {merges} too");
        }
    }

    private static string FindLlama2c(string folder)
    {
        string[] files = [.. Directory.EnumerateFiles(folder, "tok*.json")
            .Where(file => !Path.GetFileName(file).StartsWith("tokenizer", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        if (files.Length != 1)
        {
            var hasModel = File.Exists(Path.Combine(folder, "tokenizer.model"));
            var found = files.Length > 0 ? string.Join(", ", files.Select(Path.GetFileName)) : hasModel ? "tokenizer.model, which is not read" : "none";
            Throw.Input($"'{folder}' has no tokenizer that can be read", found, Known, hasModel ? "convert it to tokenizer.json with the transformers library" : "put one of these beside the weights");
        }

        return files[0];
    }
}
