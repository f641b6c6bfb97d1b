using System.Text.Json;

namespace Nodal.Tests.Tokenization;

/// <summary>Writes a SentencePiece vocabulary the way Hugging Face converts Llama's: merges in the order of the scores of what they make.</summary>
internal static class LlamaTokenizerJson
{
    public static string From(string[] pieces, float[] scores)
    {
        var ids = pieces.Select((piece, id) => (piece, id)).ToDictionary(pair => pair.piece, pair => pair.id);
        var merges = ids.Where(pair => pair.Value >= 259).OrderByDescending(pair => scores[pair.Value]).SelectMany(pair => Splits(pair.Key, ids));
        return JsonSerializer.Serialize(new
        {
            added_tokens = pieces.Take(3).Select((content, id) => new { id, content, special = true }),
            normalizer = new
            {
                type = "Sequence",
                normalizers = new object[]
                {
                    new { type = "Prepend", prepend = "\u2581" },
                    new { type = "Replace", pattern = new { String = " " }, content = "\u2581" },
                },
            },
            pre_tokenizer = (object?)null,
            post_processor = new
            {
                type = "TemplateProcessing",
                single = new object[] { new { SpecialToken = new { id = "<s>", type_id = 0 } }, new { Sequence = new { id = "A", type_id = 0 } } },
                special_tokens = new Dictionary<string, object> { ["<s>"] = new { id = "<s>", ids = new[] { 1 }, tokens = new[] { "<s>" } } },
            },
            decoder = new { type = "Sequence" },
            model = new { type = "BPE", unk_token = "<unk>", fuse_unk = true, byte_fallback = true, vocab = ids, merges },
        });
    }

    private static IEnumerable<string[]> Splits(string piece, Dictionary<string, int> ids) =>
        Enumerable.Range(1, piece.Length - 1).Select(cut => new[] { piece[..cut], piece[cut..] }).Where(parts => parts.All(ids.ContainsKey));
}
