namespace Nodal.Tokenization;

/// <summary>Part of a text: an added token's id, or, where that is <see langword="null"/>, text to be merged.</summary>
internal readonly record struct TextFragment(string Text, int? Id);
