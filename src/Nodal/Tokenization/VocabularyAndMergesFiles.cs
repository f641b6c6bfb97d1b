using System.Globalization;
using Nodal.Runtime;

namespace Nodal.Tokenization;

/// <summary>Reads byte-level BPE in GPT-2's two files: pieces with ids as JSON, merges as lines of text.</summary>
internal static class VocabularyAndMergesFiles
{
    /// <summary>A vocabulary has a handful of special tokens; more unreachable pieces mean that merges are missing.</summary>
    private const int MostSpecialTokens = 256;

    /// <summary>Reads both files. A piece that no merge makes and no byte is must be a special token, such as <c>&lt;|endoftext|&gt;</c>.</summary>
    /// <exception cref="NodalException">A file is damaged, or they do not belong together.</exception>
    public static ITokenizer Load(string vocabularyPath, string mergesPath)
    {
        var source = Path.GetFileName(vocabularyPath);
        var vocabulary = Vocabulary.FromEntries(JsonPart.ReadFile(vocabularyPath, root => root.IntegerMembers()), source);
        var merges = ReadMerges(mergesPath);
        var made = merges.Select(merge => merge.Left + merge.Right).ToHashSet(StringComparer.Ordinal);
        var special = vocabulary.Ids.Where(entry => !made.Contains(entry.Key) && !IsByte(entry.Key)).ToList();
        if (special.Count > MostSpecialTokens)
        {
            Throw.Input($"{Path.GetFileName(mergesPath)} does not make the pieces of {source}", $"{merges.Count} merges, {special.Count} pieces that none makes", $"at most {MostSpecialTokens} such pieces", "use vocabulary and merges of the same model, whole");
        }

        return new BytePairTokenizer
        {
            Description = $"byte-level BPE ({source} and {Path.GetFileName(mergesPath)})",
            Pieces = new ByteLevelPieces(vocabulary, merges, Path.GetFileName(mergesPath)),
            Added = new AddedTokens(special.Select(entry => new AddedToken(entry.Key, entry.Value))),
            PreTokenizer = [new TextSplit(NamedPreTokenizer.Gpt2)],
        };
    }

    private static bool IsByte(string piece) => piece.Length == 1 && ByteLevelAlphabet.Contains(piece[0]);

    private static List<Merge> ReadMerges(string path)
    {
        var name = Path.GetFileName(path);
        var merges = new List<Merge>();
        var number = 0;
        try
        {
            foreach (var line in File.ReadLines(path))
            {
                number++;
                if (line.Length > 0 && !(number == 1 && line.StartsWith("#version", StringComparison.Ordinal)))
                {
                    merges.Add(Merge.Parse(line, string.Create(CultureInfo.InvariantCulture, $"{name}, line {number}")));
                }
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Throw.Input($"{name} cannot be read", fault.Message.TrimEnd('.'), "a readable file", "check the path and its permissions", fault);
        }

        return merges;
    }
}
