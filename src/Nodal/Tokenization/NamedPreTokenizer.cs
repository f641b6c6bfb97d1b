using System.Collections.Immutable;
using Nodal.Runtime;

namespace Nodal.Tokenization;

/// <summary>What GGUF's <c>tokenizer.ggml.pre</c> stands for. The names and their meaning are llama.cpp's.</summary>
/// <param name="Name">The name found.</param>
/// <param name="Steps">How the text is cut.</param>
/// <param name="WholePiecesFirst">See <see cref="ByteLevelPieces"/>.</param>
/// <param name="AddsBeginOfSequence">Whether the begin-of-sequence token is put first unless the file says otherwise.</param>
internal sealed record NamedPreTokenizer(string Name, ImmutableArray<TextSplit> Steps, bool WholePiecesFirst = false, bool AddsBeginOfSequence = false)
{
    /// <summary>GPT-2's pattern (Radford et al. 2019): contractions, words, numbers and signs with one space before, other white space.</summary>
    public const string Gpt2 = @"'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    /// <summary>Every number character by itself.</summary>
    public const string SingleDigits = @"\p{N}";

    private const string Contractions = "'(?:[sS]|[tT]|[rR][eE]|[vV][eE]|[mM]|[lL][lL]|[dD])";
    private const string Rest = @" ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";
    private const string Llama3 = Contractions + @"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}|" + Rest;
    private const string Qwen2 = Contractions + @"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}|" + Rest;

    private static readonly string[] Gpt2Names = ["default", "gpt-2", "mpt", "olmo", "phi-2"];
    private static readonly string[] SingleDigitNames = ["refact", "smollm", "starcoder"];
    private static readonly string[] Llama3Names = ["llama-bpe", "llama-v3", "llama3"];
    private static readonly string[] Qwen2Names = ["deepseek-r1-qwen", "qwen2"];

    /// <summary>The pre-tokenizer of that name. A file without one (older than the key) gets GPT-2's, as the models of that time have it.</summary>
    /// <exception cref="NodalException">The name is not supported.</exception>
    public static NamedPreTokenizer Find(string? name)
    {
        name ??= "default";
        if (Array.IndexOf(Gpt2Names, name) >= 0)
        {
            return new(name, [new(Gpt2)]);
        }

        if (Array.IndexOf(SingleDigitNames, name) >= 0)
        {
            return new(name, [new(SingleDigits), new(Gpt2)]);
        }

        if (Array.IndexOf(Llama3Names, name) >= 0)
        {
            return new(name, [new(Llama3)], WholePiecesFirst: true, AddsBeginOfSequence: true);
        }

        if (Array.IndexOf(Qwen2Names, name) < 0)
        {
            string[] supported = [.. Gpt2Names, .. SingleDigitNames, .. Llama3Names, .. Qwen2Names];
            Throw.Input("GGUF key tokenizer.ggml.pre names a pre-tokenizer that is not supported", $"'{name}'", $"one of {string.Join(", ", supported.Order(StringComparer.Ordinal))}", "put the model's tokenizer.json beside its weights in Hugging Face layout and load that folder");
        }

        return new(name, [new(Qwen2)]);
    }
}
