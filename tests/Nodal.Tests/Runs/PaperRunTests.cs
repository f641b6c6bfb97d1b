using Nodal.Discovery;
using Nodal.Gates;
using Nodal.Models;
using Nodal.Patching;
using Nodal.Runs;
using Nodal.Runtime;

namespace Nodal.Tests.Runs;

/// <summary>Short runs of the published method on the embedded model.</summary>
public sealed class PaperRunTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("nodal-paper-");

    private static DiscoverOptions Options { get; } = new()
    {
        Method = DiscoveryMethod.Paper,
        Paper = new PaperOptions { Steps = 12, WarmupSteps = 1, Lambda = 0.99 },
        Sizes = [0.3],
        Threads = 1,
    };

    [Fact]
    public void The_whole_run_is_that_of_the_paper()
    {
        var result = DiscoveryRun.Execute(Options, At("run"));
        var config = FinishedRun.Open(At("run")).Config;

        (result.Method, result.Steps, result.ChosenBy, config.Method).ShouldBe(("paper", 12, "scores above 0", "paper"));
        (result.Pairs.Train, result.Pairs.Selection, result.Pairs.Test).ShouldBe((200, 301, 300));
        (config.Options.Paper.Epochs, config.Options.Paper.BatchSize, config.Options.Paper.LearningRate, config.Options.Paper.Margin).ShouldBe((3, 64, 0.3, 0.1));
        result.Circuit!.Provenance.Method.ShouldBe("paper");

        var ranking = Nodal.Circuits.RankingFile.Read(Path.Combine(At("run"), "ranking.safetensors"), result.Circuit.Nodes.Layout);
        result.Circuit.Nodes.Gates().ShouldBe(ranking.Above(0).Gates());
        var published = result.Chosen.Published.ShouldNotBeNull();
        published.Nodes[Granularity.Head].ShouldBe(result.Chosen.Nodes[Granularity.Head]);
        published.TotalParameters.ShouldBe(PublishedSize.Total(ranking.Layout));
        result.Sizes[0].Published.ShouldNotBeNull().Size.ShouldBeInRange(0.2, 0.4);
    }

    [Fact]
    public void A_size_or_pairs_that_are_given_are_kept()
    {
        var result = DiscoveryRun.Execute(Options with { Choice = new SizeChoice { Keep = 0.4 }, Task = new TaskRequest { Pairs = 80 } }, At("run"));

        result.ChosenBy.ShouldBe("keep 0.4");
        result.Chosen.Size.ShouldBeInRange(0.3, 0.4);
        (result.Pairs.Train, result.Pairs.Test).ShouldBe((80, 80));
        var (cut, path) = FinishedRun.Open(At("run")).Cut(new SizeChoice { Threshold = 0 });
        (cut.ChosenBy, Path.GetFileName(path)).ShouldBe(("scores above 0", "circuit-above-0.json"));
    }

    [Fact]
    public void An_mlp_block_without_hidden_neurons_is_counted_as_published_but_not_as_nodals()
    {
        var run = DiscoveryRun.Execute(Options, At("run"));
        var layout = run.Circuit!.Nodes.Layout;
        var scores = Enumerable.Repeat(1.0, layout.Count).ToArray();
        scores.AsSpan(layout.Span(Granularity.MlpHidden, 2)).Fill(-1);
        Nodal.Circuits.RankingFile.Write(Path.Combine(At("run"), "ranking.safetensors"), new Nodal.Circuits.Ranking(layout, scores));

        var (cut, path) = FinishedRun.Open(At("run")).Cut(new SizeChoice { Threshold = 0 });
        var chosen = cut.Chosen;

        (chosen.Nodes[Granularity.MlpBlock], chosen.Nodes[Granularity.MlpOutput]).ShouldBe((4, 4 * 64));
        var published = chosen.Published.ShouldNotBeNull();
        (published.Nodes[Granularity.MlpBlock], published.Nodes[Granularity.MlpOutput], published.Nodes[Granularity.MlpHidden]).ShouldBe((5, 5 * 64, 4 * 172));

        File.Copy(path, Path.Combine(At("run"), "circuit.json"), overwrite: true);
        var measured = EvaluationRun.Execute(new EvaluateOptions { Target = At("run") }).Result.Published.ShouldNotBeNull();
        (measured.Parameters, measured.Nodes[Granularity.MlpBlock]).ShouldBe((published.Parameters, 5));
    }

    [Fact]
    public void With_a_penalty_alone_the_pairs_say_nothing_and_without_it_the_margin_does()
    {
        double[] Scores(PaperOptions paper, int skip)
        {
            var pairs = At($"pairs-{skip}.jsonl");
            File.WriteAllLines(pairs, File.ReadLines(EmbeddedModel.GenderedPronounPairs).Skip(skip).Take(40));
            var place = At($"run-{paper.Lambda}-{paper.Margin}-{paper.AmongChoices}-{skip}");
            var run = DiscoveryRun.Execute(Options with { Paper = paper with { Steps = 3, WarmupSteps = 1 }, Task = new TaskRequest { Task = pairs } }, place);
            return Nodal.Circuits.RankingFile.Read(Path.Combine(place, "ranking.safetensors"), run.Circuit!.Nodes.Layout).Scores.ToArray();
        }

        var alone = new PaperOptions { Lambda = 1 };
        Scores(alone, 100).ShouldBe(Scores(alone, 0));
        var faithful = new PaperOptions { Lambda = 0, Margin = 0 };
        var scores = Scores(faithful, 0);
        Scores(faithful, 100).ShouldNotBe(scores);
        Scores(faithful with { Margin = 20 }, 0).ShouldNotBe(scores);
        Scores(faithful with { AmongChoices = true }, 0).ShouldNotBe(scores);
    }

    [Fact]
    public void Where_a_pair_has_no_foil_there_is_no_margin_term()
    {
        var options = Options with { Model = "tracr-xproportion", Task = new TaskRequest { Task = TaskRequest.EveryInput }, Ablation = AblationKind.Zero, Paper = new PaperOptions { Steps = 2 } };

        DiscoveryRun.Execute(options, At("run"));

        FinishedRun.Open(At("run")).Config.Options.Paper.Margin.ShouldBeNull();
        var asked = options with { Paper = options.Paper with { Margin = 1 } };
        Should.Throw<NodalException>(() => DiscoveryRun.Execute(asked, At("asked"))).Message.ShouldContain("--margin needs a foil in every pair");
        Should.Throw<NodalException>(() => DiscoveryRun.Plan(asked)).Message.ShouldContain("--margin needs a foil in every pair");
    }

    /// <summary>Of the released code, on pairs of its own draw: sizes .208 and .203 at KL .223 and .247; here, of seeds 0 to 2, .199, .211 and .183 at .229, .166 and .223.</summary>
    [Fact]
    public void At_its_published_length_it_lands_where_the_released_code_does()
    {
        var options = new DiscoverOptions { Method = DiscoveryMethod.Paper, Sizes = [0.2], Threads = 1, Engine = new EngineOptions { Precision = EnginePrecision.Float32 } };

        var chosen = DiscoveryRun.Execute(options, At("run")).Chosen;

        chosen.Size.ShouldBeInRange(0.15, 0.25);
        chosen.Kl.ShouldBeInRange(0.18, 0.31);
    }

    [Fact]
    public void Only_the_embedded_models_own_pairs_are_limited()
    {
        using var model = ModelLoader.Load(EmbeddedModel.Id);
        Options.TaskFor(model).TrainingPairs.ShouldBe(200);
        (Options with { Method = DiscoveryMethod.Ranking }).TaskFor(model).TrainingPairs.ShouldBeNull();
        (Options with { Task = new TaskRequest { Task = "gt" } }).TaskFor(model).TrainingPairs.ShouldBeNull();
        (Options with { Task = new TaskRequest { Pairs = 899 } }).TaskFor(model).TrainingPairs.ShouldBeNull();
    }

    [Fact]
    public void A_size_is_chosen_one_way_only()
    {
        Should.Throw<NodalException>(new SizeChoice { Keep = 0.1, Threshold = 0 }.Validate).Message.ShouldContain("--keep and a threshold");
        Should.Throw<NodalException>(new SizeChoice { Threshold = double.NaN }.Validate).Message.ShouldContain("the threshold is no score");
    }

    public void Dispose() => _root.Delete(recursive: true);

    private string At(string name) => Path.Combine(_root.FullName, name);
}
