namespace Nodal.Tokenization;

/// <summary>A token found in the text as it stands, before anything is split or merged: <c>&lt;|endoftext|&gt;</c>, GPT-NeoX's runs of spaces.</summary>
/// <param name="Content">Its text; not empty.</param>
/// <param name="Id">Its id.</param>
/// <param name="TakesSpaceBefore">White space before it belongs to it.</param>
/// <param name="TakesSpaceAfter">White space after it belongs to it.</param>
internal sealed record AddedToken(string Content, int Id, bool TakesSpaceBefore = false, bool TakesSpaceAfter = false);
