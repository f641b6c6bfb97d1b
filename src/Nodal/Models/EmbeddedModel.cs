namespace Nodal.Models;

/// <summary>The model that comes with Nodal: stories260K, a really trained Llama of 260,000 parameters (karpathy/tinyllamas, MIT).</summary>
public static class EmbeddedModel
{
    /// <summary>Its id.</summary>
    public const string Id = "stories260K";

    /// <summary>Whether a reference names it.</summary>
    public static bool Is(string reference) => string.Equals(reference, Id, StringComparison.OrdinalIgnoreCase);

    /// <summary>Its folder, beside the program.</summary>
    public static string Folder => Path.Combine(AppContext.BaseDirectory, "assets", Id);

    /// <summary>Its own gendered-pronoun pairs, 1,500 of them: the only task of the papers that so small a model can do.</summary>
    public static string GenderedPronounPairs => Path.Combine(Folder, "gp_pairs.jsonl");
}
