using CsvHelper;
using Nodal.Runtime;

namespace Nodal.Tasks;

/// <summary>Reads the CSV files of EAP-IG and MIB: <c>clean</c>, <c>corrupted</c> and <c>label</c> (greater-than) or <c>correct_idx</c> (IOI).</summary>
/// <remarks><c>correct_idx</c> holds token ids of the model the file was made for, so the answers are taken from the prompt's names instead.</remarks>
internal static class EapIgCsv
{
    private static readonly CsvReaderOptions Options = new()
    {
        Separator = ',',
        TrackLineNumbers = true,
        MalformedData = CsvMalformedDataHandling.Throw,
        FieldCountMismatch = CsvFieldCountHandling.Throw,
    };

    public static bool Matches(string firstLine)
    {
        var columns = firstLine.Split(',').Select(column => column.Trim().Trim('"')).ToArray();
        return columns.Contains("clean") && columns.Contains("corrupted");
    }

    public static IReadOnlyList<PromptPair> Read(string text, string name, PairRows rows)
    {
        try
        {
            using var csv = CsvReader.FromText(text, Options);
            var toPair = ReaderFor(csv, name, rows);
            var pairs = new List<PromptPair>();
            while (csv.Read())
            {
                if (toPair($"{name}, line {csv.LineNumber}") is { } pair)
                    pairs.Add(pair with { Origin = $"line {csv.LineNumber}" });
            }

            return pairs;
        }
        catch (CsvFormatException fault)
        {
            Throw.Input(
                $"{name}, line {fault.LineNumber} is not CSV", found: fault.Message.TrimEnd('.'),
                expected: "as many fields as the header has columns, in quotes where they hold quotes or commas", remedy: "Correct the line, or remove it", fault);
            return [];
        }
    }

    private static Func<string, PromptPair?> ReaderFor(CsvReader csv, string name, PairRows rows)
    {
        var columns = csv.Headers.ToArray();
        if (columns.Contains("label"))
            return place => rows.GreaterThan(csv.GetString("clean"), csv.GetString("corrupted"), csv.GetString("label"), place);
        if (columns.Contains("correct_idx"))
            return place => PairRows.Ioi(csv.GetString("clean"), csv.GetString("corrupted"), place);

        Throw.Input(
            $"{name} has no column that says the answers", found: $"the columns {string.Join(", ", columns)}",
            expected: "'label' (greater-than) or 'correct_idx' (IOI) beside 'clean' and 'corrupted'",
            remedy: "Convert the file to JSON lines with 'answer' and 'foil' as text");
        return null;
    }
}
