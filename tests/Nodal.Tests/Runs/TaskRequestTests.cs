using System.Collections.Immutable;
using Nodal.Models;
using Nodal.Runs;
using Nodal.Runtime;
using Nodal.Tests.Models;
using Nodal.Tests.Tasks;

namespace Nodal.Tests.Runs;

/// <summary>A model of 19 tokens beside a tokenizer that gives <c> i</c> the last of them and <c> j</c> one beyond.</summary>
public sealed class TaskRequestTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LoadedModel _model;

    public TaskRequestTests()
    {
        var words = new WordTokenizer();
        words.Encode("a b c d e f g h i j").ShouldBe(Enumerable.Range(10, 10));
        _model = new LoadedModel { Reference = "tiny", Path = "tiny", Format = "memory", Hash = "none", Transformer = TinyModels.Make("gpt2"), Tokenizer = words };
    }

    public void Dispose()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void The_last_token_of_the_vocabulary_may_be_anywhere() => Load("a i", "a b", " i").ShouldBe([10, 18]);

    [Theory]
    [InlineData("a j", "a b", " d", "no embedding for a token in a prompt of pairs.jsonl: found token 19; expected one of its 19 tokens")]
    [InlineData("a b", "a j", " d", "no embedding for a token in a prompt of pairs.jsonl: found token 19; expected one of its 19 tokens")]
    [InlineData("a b", "a c", " j", "no output for an answer or foil of pairs.jsonl: found token 19; expected one of its 19 outputs")]
    public void A_token_that_the_model_lacks_is_refused(string clean, string corrupted, string answer, string expected)
    {
        var message = Should.Throw<NodalException>(() => Load(clean, corrupted, answer)).Message;

        message.ShouldContain(expected);
        message.ShouldContain("Use the tokenizer that belongs to the weights");
    }

    private ImmutableArray<int> Load(string clean, string corrupted, string answer)
    {
        var path = _folder.File("pairs.jsonl", $$"""{ "clean": "{{clean}}", "corrupted": "{{corrupted}}", "answer": "{{answer}}", "foil": " e" }""");
        return new TaskRequest { Task = path, Whole = true }.Load(_model).Test.Single().Clean;
    }
}
