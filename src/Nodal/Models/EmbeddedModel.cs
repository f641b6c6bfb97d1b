using System.Collections.Immutable;

namespace Nodal.Models;

/// <summary>The models that come with Nodal: stories260K, a really trained Llama of 260,000 parameters (karpathy/tinyllamas, MIT), and two transformers compiled by Tracr (princeton-nlp/Edge-Pruning, MIT).</summary>
public static class EmbeddedModel
{
    /// <summary>The id of stories260K.</summary>
    public const string Id = "stories260K";

    /// <summary>The id of the compiled transformer that puts five words in reverse order.</summary>
    public const string Reverse = "tracr-reverse";

    /// <summary>The id of the compiled transformer that says which share of the words so far is an <c>x</c>.</summary>
    public const string Proportion = "tracr-xproportion";

    /// <summary>The ids of the compiled transformers: what they need is known.</summary>
    public static ImmutableArray<string> Compiled { get; } = [Reverse, Proportion];

    /// <summary>The ids of all of them.</summary>
    public static ImmutableArray<string> All { get; } = [Id, .. Compiled];

    /// <summary>stories260K's own gendered-pronoun pairs, 1,500 of them: the only task of the papers that so small a model can do.</summary>
    public static string GenderedPronounPairs => Path.Combine(Folder(Id), "gp_pairs.jsonl");

    /// <summary>Whether a reference names stories260K.</summary>
    public static bool Is(string reference) => Named(reference) == Id;

    /// <summary>The id of the embedded model that a reference names, in any case; <see langword="null"/> where it names none.</summary>
    public static string? Named(string reference) => All.FirstOrDefault(id => string.Equals(reference, id, StringComparison.OrdinalIgnoreCase));

    /// <summary>The folder of an embedded model, beside the program.</summary>
    /// <param name="id">Its id.</param>
    public static string Folder(string id) => Path.Combine(AppContext.BaseDirectory, "assets", id switch
    {
        Reverse => Path.Combine("tracr", "reverse"),
        Proportion => Path.Combine("tracr", "xproportion"),
        _ => id,
    });
}
