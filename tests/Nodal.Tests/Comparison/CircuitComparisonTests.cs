using Nodal.Circuits;
using Nodal.Comparison;
using Nodal.Gates;
using Nodal.Models;
using Nodal.Runtime;
using Nodal.Tests.Models;
using Nodal.Tests.Weights;
using static TorchSharp.torch;

namespace Nodal.Tests.Comparison;

public sealed class CircuitComparisonTests : IDisposable
{
    private static readonly GateLayout Layout = new(ModelLoader.ReadConfig(EmbeddedModel.Id));
    private static readonly GateLayout Whole = new(Layout.Config, Enum.GetValues<Granularity>());
    private static readonly Provenance Origin = new()
    {
        Model = EmbeddedModel.Id, ModelHash = "aa", Task = "gp", Method = "ranking", Ablation = "Counterfactual", Seed = 1, Steps = 2, Chosen = "keep 0.1", NodalVersion = "1",
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Nodes_kept_are_counted_on_both_sides()
    {
        // 40 heads; one keeps 3 of them and the other 2, of which they share 1.
        var report = Compare(Write("one.json", Origin, "a0.h0.d0", "a0.h1.d0", "a3.h2.d5"), Write("other.json", Origin with { Seed = 2 }, "a0.h1.d1", "a4.h7.d0"));
        var heads = report.Overlap![Granularity.Head];

        report.Kind.ShouldBe(ComparisonKind.Seed);
        (heads.One, heads.Other, heads.Both, heads.All, heads.Jaccard).ShouldBe((3, 2, 1, 40, 0.25));
        heads.Chance.ShouldBe(ChanceOverlap.Expected(40, 3, 2), 1e-12);
        report.Overlap[Granularity.AttentionNeuron].Corrected!.Value.ShouldBeLessThan(0);
        report.Overlap[Granularity.MlpBlock].ShouldBe(new GranularityOverlap(0, 0, 0, 5, 1, 1, null));
        report.Rankings.ShouldBeNull("circuit files have no ranking");
        report.Summary.ShouldStartWith("the same model, task and method, seeds 1 and 2. of 4 heads that either keeps both keep 1 (Jaccard 0.25");
    }

    [Fact]
    public void What_they_have_in_common_is_named()
    {
        ComparisonKind Kind(Provenance other) => Compare(Write("one.json", Origin, "a0.h0.d0"), Write("other.json", other, "a0.h0.d0")).Kind;

        Kind(Origin with { Seed = 7 }).ShouldBe(ComparisonKind.Seed);
        Kind(Origin with { Seed = 7, Method = "paper" }).ShouldBe(ComparisonKind.Settings);
        Kind(Origin with { Ablation = "Zero" }).ShouldBe(ComparisonKind.Settings);
        Kind(Origin with { Task = "ioi", Seed = 7 }).ShouldBe(ComparisonKind.Task);
        Kind(Origin with { ModelHash = "bb", Task = "ioi" }).ShouldBe(ComparisonKind.Weights);
    }

    [Fact]
    public void Between_models_of_other_dimensions_shares_and_depths_are_compared()
    {
        var report = Compare(Write("one.json", Origin, "a3.h0.d0"), WriteOfAnotherModel("other.json"));

        report.Kind.ShouldBe(ComparisonKind.Dimensions);
        report.Overlap.ShouldBeNull();
        report.One.Depth.Kept[Granularity.Head].ShouldBe(1.0 / 40);
        report.Other.Depth.Kept[Granularity.Head].ShouldBe(1.0 / 4);
        report.DepthOverlap.ShouldBe(0.4, 1e-12, "the fourth of five layers is tenths 7 and 8, a fifth each of the second of two");
        report.Summary.ShouldStartWith($"models of other dimensions, stories260K and {_folder.Path}, the same task gp: no node of one is a node of the other");
    }

    [Fact]
    public void Whether_tasks_agree_is_said_of_models_with_other_weights()
    {
        string Summary(string task) => Compare(Write("one.json", Origin, "a0.h0.d0"), Write("other.json", Origin with { ModelHash = "bb", Task = task }, "a0.h0.d0")).Summary;

        Summary("ioi").ShouldStartWith("models of the same dimensions with other weights, stories260K and stories260K, tasks gp and ioi: nodes are compared by their place alone");
        Summary("gp").ShouldContain(", the same task gp: ");
    }

    [Fact]
    public void Gates_that_one_alone_has_are_left_aside()
    {
        var (one, other) = (Write("one.json", Origin, "a0.h0.d0", "a0.h1.d0"), Write("other.json", Whole, Origin with { Seed = 2 }, "l0", "embed", "a0.h1.d1"));
        var report = Compare(one, other);

        report.Kind.ShouldBe(ComparisonKind.Settings, "what has gates is a setting");
        report.Overlap!.Keys.ShouldBe(GateLayout.All);
        report.Overlap[Granularity.Head].ShouldBe(Compare(one, Write("plain.json", Origin, "a0.h1.d1")).Overlap![Granularity.Head]);
        report.Other.Nodes[Granularity.Layer].ShouldBe(1);
        report.Summary.ShouldContain("; Layer and Embedding, gates that one of them alone has, are left aside. of 2 heads that either keeps both keep 1");
        Should.Throw<NodalException>(() => CircuitComparison.Execute(new CompareOptions { One = one, Other = other, Union = _folder.At("either.json") }))
            .Message.ShouldContain("found circuits of stories260K and stories260K, gates of layers or of the embedding in one alone; expected two circuits of one model with gates of the same granularities");
    }

    [Fact]
    public void Without_the_gates_of_layers_a_ranking_has_the_same_circuits()
    {
        var random = new Random(3);
        var ranking = new Ranking(Whole, Enumerable.Range(0, Whole.Count).Select(_ => random.NextDouble()));
        var (one, other) = (new ComparedCircuit("", new Circuit(NodeSet.Full(Whole), Origin), ranking), new ComparedCircuit("", new Circuit(NodeSet.Full(Layout), Origin), null));

        var common = one.WithGatesOf(other);

        common.Circuit.Nodes.Nodes().Count().ShouldBe(Layout.Count);
        foreach (var threshold in new[] { 0.2, 0.5, 0.8 })
        {
            common.Ranking!.Above(threshold).Nodes().ShouldBe(ranking.Above(threshold).Nodes().Where(node => Layout.Has(node.Granularity)));
        }

        other.WithGatesOf(one).ShouldBeSameAs(other);
    }

    [Fact]
    public void What_they_share_is_written_as_circuits_and_read_again()
    {
        var (one, other) = (Write("one.json", Origin, "a0.h0.d0", "a0.h1.d0", "m0.n1", "m0.o1"), Write("other.json", Origin with { Seed = 2, Task = "ioi", Method = "paper" }, "a0.h1.d0", "m0.n1", "m0.o1"));
        var report = CircuitComparison.Execute(new CompareOptions
        {
            One = one, Other = other, Intersection = _folder.At("shared.json"), Union = _folder.At("either.json"), Difference = _folder.At("alone.json"),
        });
        Circuit Read(string name) => CircuitFile.Read(_folder.At(name), Layout);

        report.Written.ShouldBe([_folder.At("shared.json"), _folder.At("either.json"), _folder.At("alone.json")]);
        Read("shared.json").Nodes.Nodes().Select(node => node.ToString()).ShouldBe(["a0", "a0.h1", "a0.h1.d0", "m0", "m0.n1", "m0.o1"]);
        Read("either.json").Nodes.Count(Granularity.Head).ShouldBe(2);
        Read("alone.json").Nodes.Nodes().Select(node => node.ToString()).ShouldBe(["a0", "a0.h0", "a0.h0.d0"]);
        var origin = Read("shared.json").Provenance;
        (origin.Task, origin.Method, origin.ModelHash).ShouldBe(("gp", "ranking, paper", "aa"));
        origin.Chosen.ShouldBe($"intersection of {one} (keep 0.1) and {other} (keep 0.1)");
    }

    [Fact]
    public void Circuits_of_two_models_make_no_third()
    {
        var options = new CompareOptions { One = Write("one.json", Origin, "a0.h0.d0"), Other = WriteOfAnotherModel("other.json"), Union = _folder.At("either.json") };

        Should.Throw<NodalException>(() => CircuitComparison.Execute(options)).Message.ShouldContain("the union of the circuits is no circuit: found circuits of stories260K and ");
        Should.Throw<NodalException>(() => CircuitComparison.Execute(options with { Other = Write("other.json", Origin with { ModelHash = "bb" }, "a0.h0.d0") })).Message.ShouldContain("the union of the circuits is no circuit");
        File.Exists(_folder.At("either.json")).ShouldBeFalse();
    }

    private static ComparisonReport Compare(string one, string other) => CircuitComparison.Execute(new CompareOptions { One = one, Other = other });

    private string WriteOfAnotherModel(string name)
    {
        var config = TinyModels.Config("compiled");
        using var embedding = zeros(config.VocabularySize, config.Width);
        WrittenLlama.Safetensors(_folder, [("embed.W_E", embedding)]);
        File.WriteAllText(_folder.At("config.json"), WrittenTransformerLens.Configuration);
        return Write(name, new GateLayout(config), Origin with { Model = _folder.Path, ModelHash = "cc" }, "a1.h0.d0");
    }

    private string Write(string name, Provenance origin, params string[] leaves) => Write(name, Layout, origin, leaves);

    private string Write(string name, GateLayout layout, Provenance origin, params string[] leaves)
    {
        var open = new bool[layout.Count];
        foreach (var leaf in leaves)
        {
            var parts = leaf.Split('.');
            for (var depth = 1; depth <= parts.Length; depth++)
            {
                open[layout.IndexOf(Node.Parse(string.Join('.', parts[..depth])))] = true;
            }
        }

        CircuitFile.Write(_folder.At(name), new Circuit(NodeSet.Close(layout, open), origin));
        return _folder.At(name);
    }
}
