using System.Text.Encodings.Web;
using System.Text.Json;
using Nodal.Runtime;
using Nodal.Tokenization;

namespace Nodal.Tasks;

/// <summary>Reads pairs files of four formats, told apart by their content, and writes Nodal's own.</summary>
public static class PairsFile
{
    private const string Formats =
        "JSON lines with clean, corrupted, answer, foil; Edge-Pruning's JSON lines; a CSV with the columns clean and corrupted; or AutoCircuit's JSON";

    // The file is for people too: "isn't" stays as it is.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads the file.</summary>
    /// <param name="path">A file in any of the formats of <see cref="PairsFormat"/>, UTF-8.</param>
    /// <param name="tokenizer">Greater-than rows name the year only; how the tokenizer splits years decides what the answers are.</param>
    /// <exception cref="NodalException">The file cannot be read, is empty or of none of the formats, or a row lacks what it needs; the line is named.</exception>
    public static PairsFileContent Read(string path, ITokenizer tokenizer)
    {
        try
        {
            using var reader = new StreamReader(path);
            return Read(reader, Path.GetFileName(path), tokenizer);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Throw.Input(
                $"pairs file {path} cannot be read", found: Directory.Exists(path) ? "a folder" : fault.Message.TrimEnd('.'),
                expected: "a file that is there and may be read", remedy: "Check the path", fault);
            return null;
        }
    }

    /// <summary>Reads pairs from an open text.</summary>
    /// <param name="reader">The text; it stays open.</param>
    /// <param name="name">What errors call it.</param>
    /// <param name="tokenizer"><inheritdoc cref="Read(string, ITokenizer)" path="/param[@name='tokenizer']"/></param>
    /// <exception cref="NodalException">As for a file.</exception>
    public static PairsFileContent Read(TextReader reader, string name, ITokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(tokenizer);
        var text = reader.ReadToEnd();
        var content = text.TrimStart();
        if (content.Length == 0)
        {
            Throw.Input($"pairs file {name} is empty", found: "no text", expected: Formats, remedy: "Make pairs with 'nodal task make', or give another file");
        }

        var firstLine = content.Split('\n', 2)[0].TrimEnd();
        var drops = new DropCounter();
        var rows = new PairRows(tokenizer, drops);
        var (format, pairs) = content[0] switch
        {
            '{' when AutoCircuitJson.Matches(content) => (PairsFormat.AutoCircuit, AutoCircuitJson.Read(content, name)),
            '{' => JsonLines.Read(text, name, rows),
            _ when EapIgCsv.Matches(firstLine) => (PairsFormat.EapIg, EapIgCsv.Read(text, name, rows)),
            _ => Unknown(name, firstLine),
        };
        if (pairs.Count == 0 && drops.IsEmpty)
        {
            Throw.Input($"pairs file {name} holds no pair", found: "no row", expected: "at least three pairs", remedy: "Give another file");
        }

        return new PairsFileContent(format, [.. pairs], drops.ToImmutable());
    }

    /// <summary>Writes the pairs as JSON lines, whole or not at all; a file that is there is replaced.</summary>
    /// <exception cref="NodalException">The file cannot be written.</exception>
    public static void Write(string path, IEnumerable<PromptPair> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        AtomicFile.WriteAllText(path, string.Concat(pairs.Select(pair => Line(pair) + "\n")));
    }

    private static string Line(PromptPair pair)
    {
        var fields = new Dictionary<string, object>
        {
            ["clean"] = pair.Clean,
            ["corrupted"] = pair.Corrupted,
            ["answer"] = pair.Answers is [var answer] ? answer : pair.Answers,
            ["foil"] = pair.Foils is [var foil] ? foil : pair.Foils,
        };
        if (pair.Origin.Length > 0)
        {
            fields["origin"] = pair.Origin;
        }

        return JsonSerializer.Serialize(fields, Readable);
    }

    private static (PairsFormat Format, IReadOnlyList<PromptPair> Pairs) Unknown(string name, string firstLine)
    {
        Throw.Input(
            $"pairs file {name} is of no known format", found: $"a first line that begins {Excerpt.Of(firstLine)}", expected: Formats,
            remedy: "Check that this is the pairs file, or convert it to JSON lines");
        return default;
    }
}
