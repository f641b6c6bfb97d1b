using CsCheck;
using Nodal.Tokenization;

namespace Nodal.Tests.Tokenization;

public sealed class NormalizationFormCTests
{
    /// <summary>Expected values: <c>unicodedata.normalize('NFC', …)</c> of Python 3.11.</summary>
    [Theory]
    [InlineData("plain ASCII", "plain ASCII")]
    [InlineData("e\u0301", "\u00E9")]
    [InlineData("\u1100\u1161\u11A8", "\uAC01")]
    [InlineData("\uAC00\u11A8", "\uAC01")]
    [InlineData("\uAC01\u11A8", "\uAC01\u11A8")]
    [InlineData("a\u0307\u0323", "\u1EA1\u0307")]
    [InlineData("o\u0302\u0301x\u0301", "\u1ED1x\u0301")]
    [InlineData("\u212B", "\u00C5")]
    [InlineData("\u0958", "\u0915\u093C")]
    [InlineData("\u0344", "\u0308\u0301")]
    [InlineData("\u1E9B\u0323", "\u1E9B\u0323")]
    [InlineData("\u0301a", "\u0301a")]
    [InlineData("\u0B47\u0B3E", "\u0B4B")]
    [InlineData("\U0001D15E", "\U0001D157\U0001D165")]
    [InlineData("\U00011099\U000110BA", "\U0001109A")]
    public void Known_texts_have_their_known_form(string text, string expected) => NormalizationFormC.Apply(text).ShouldBe(expected);

    [Fact]
    public void Normalizing_twice_changes_nothing() =>
        Gen.OneOf(Gen.Int[0x40, 0x17F], Gen.Int[0x300, 0x345], Gen.Int[0x900, 0xDFF], Gen.Int[0x1100, 0x11FF], Gen.Int[0xAC00, 0xAC40])
            .Select(char.ConvertFromUtf32).Array[0, 12].Select(string.Concat)
            .Sample(text => NormalizationFormC.Apply(text) is var once && NormalizationFormC.Apply(once) == once, iter: 5000, threads: 1);
}
