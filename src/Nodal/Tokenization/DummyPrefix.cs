namespace Nodal.Tokenization;

/// <summary>When a space is put before a text that starts a document, so that its first word gets the same ids as in mid-sentence.</summary>
internal enum DummyPrefix
{
    /// <summary>Never.</summary>
    None,

    /// <summary>At the start and after every added token (SentencePiece in llama.cpp; <c>Prepend</c> of <c>tokenizer.json</c>).</summary>
    EveryFragment,

    /// <summary>As <see cref="EveryFragment"/>, but not where a space is there already (<c>add_prefix_space</c>; <c>prepend_scheme: always</c>).</summary>
    EveryFragmentWithoutSpace,

    /// <summary>At the start of the text only, where no space is there already (<c>prepend_scheme: first</c>).</summary>
    StartWithoutSpace,
}
