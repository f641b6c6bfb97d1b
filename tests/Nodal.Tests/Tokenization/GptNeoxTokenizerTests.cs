namespace Nodal.Tests.Tokenization;

public sealed class GptNeoxTokenizerTests
{
    [Fact]
    public void A_file_without_the_name_of_its_pre_tokenizer_loads_and_texts_come_back()
    {
        var tokenizer = TokenizerVectors.Gguf("gpt-neox");
        tokenizer.VocabularySize.ShouldBe(50432);
        tokenizer.BeginOfSequence.ShouldBeNull();
        var texts = TokenizerVectors.Read("gpt-2").Select(vector => vector.Text);
        texts.Where(text => tokenizer.Decode(tokenizer.Encode(text)) != text).ShouldBeEmpty();
    }

    [Fact]
    public void Runs_of_spaces_are_the_longest_added_token()
    {
        var tokenizer = TokenizerVectors.Gguf("gpt-neox");
        tokenizer.Encode(new string(' ', 24)).ShouldBe([50254]);
        tokenizer.Encode("a  b")[1].ShouldBe(50276);
        tokenizer.Encode("hi<|endoftext|>")[^1].ShouldBe(0);
    }
}
