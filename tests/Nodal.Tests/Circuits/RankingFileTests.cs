using Nodal.Circuits;
using Nodal.Gates;
using Nodal.Runtime;
using Nodal.Tests.Gates;

namespace Nodal.Tests.Circuits;

public sealed class RankingFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nodal-test-");

    private string FilePath => Path.Combine(_folder.FullName, "ranking.safetensors");

    [Fact]
    public void Scores_are_read_with_every_bit_those_of_granularities_that_were_off_too()
    {
        var layout = RandomGates.WholeLayout("llama-gqa");
        var scores = RandomGates.Fixed(layout.Count, seed: 4);
        scores.AsSpan(layout.Span(Granularity.Head)).Fill(double.PositiveInfinity);
        RankingFile.Write(FilePath, new Ranking(layout, scores));

        RankingFile.Read(FilePath, layout).Scores.ToArray().ShouldBe(scores);
    }

    [Fact]
    public void A_file_of_the_six_granularities_is_read_without_the_optional_ones_and_lacks_them()
    {
        var (plain, whole) = (RandomGates.Layout("llama-gqa"), RandomGates.WholeLayout("llama-gqa"));
        RankingFile.Write(FilePath, new Ranking(plain, RandomGates.Fixed(plain.Count, seed: 4)));

        RankingFile.Read(FilePath, plain).Scores.Length.ShouldBe(plain.Count);
        Should.Throw<NodalException>(() => RankingFile.Read(FilePath, whole)).Message.ShouldContain("no scores of Layer");
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
