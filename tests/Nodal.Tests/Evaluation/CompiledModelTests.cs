using System.Text.Json;
using Nodal.Circuits;
using Nodal.Discovery;
using Nodal.Evaluation;
using Nodal.Gates;
using Nodal.Models;
using Nodal.Patching;
using Nodal.Runs;
using Nodal.Tasks;
using static TorchSharp.torch;

namespace Nodal.Tests.Evaluation;

/// <summary>The embedded transformers compiled by Tracr, whose programs are known: the ranking finds what they need, on all their inputs.</summary>
public sealed class CompiledModelTests
{
    /// <summary>golden.json: an independent numpy forward pass.</summary>
    [Theory]
    [InlineData("reverse", "logits")]
    [InlineData("xproportion", "output")]
    public void They_have_the_reference_outputs(string name, string field)
    {
        using var model = Load(name);
        using var golden = JsonDocument.Parse(File.ReadAllText(TestData.Shared("data", "tracr-models", name, "golden.json")));
        using var scope = NewDisposeScope();
        var tokens = Numbers(golden.RootElement.GetProperty("tokens"));
        var logits = model.Transformer.Forward(tensor(Array.ConvertAll(tokens, token => (long)token), tokens.Length / 6, 6));   // (b, t, v)
        var expected = Numbers(golden.RootElement.GetProperty(field));

        logits.narrow(1, 1, 5).to(ScalarType.Float64).contiguous().data<double>().ToArray().Zip(expected, (one, other) => Math.Abs(one - other)).Max().ShouldBeLessThan(2e-5);
    }

    [Theory]
    [InlineData("reverse", 243)]
    [InlineData("xproportion", 1024)]
    public void Every_input_is_asked_at_every_position(string name, int inputs)
    {
        using var model = Load(name);
        var task = EveryPair(model);

        task.Train.Length.ShouldBe(inputs * 5);
        task.Test.ShouldBe(task.Train);
        task.Train.Select(pair => (pair.Pair.Clean, pair.AnswerPosition)).Distinct().Count().ShouldBe(inputs * 5);
        task.Train.ShouldAllBe(pair => pair.AnswerPosition >= 1 && pair.Clean[0] == model.Tokenizer!.BeginOfSequence);
        new TaskRequest { Task = "every-input", Pairs = 50, Seed = 4 }.Load(model).Train.Length.ShouldBe(50);
        if (name == "reverse")
        {
            // The first position after the begin is asked for the last word.
            task.Train.ShouldAllBe(pair => pair.Answers[0] == pair.Clean[6 - pair.AnswerPosition] && pair.Foils.Length == 2);
            task.Train.ShouldAllBe(pair => pair.Corrupted[6 - pair.AnswerPosition] != pair.Clean[6 - pair.AnswerPosition]);
        }
    }

    [Theory]
    [InlineData("reverse")]
    [InlineData("xproportion")]
    public void What_is_needed_is_what_was_published_and_measured(string name) => GroundTruth.Of($"tracr-{name}").Needed.ShouldBe(KnownCircuit.Of(name).Needed, ignoreOrder: true);

    [Theory]
    [InlineData("reverse")]
    [InlineData("xproportion")]
    public void Closing_one_node_does_what_was_measured(string name)
    {
        using var scope = NewDisposeScope();
        using var exact = ModelLoader.Load($"tracr-{name}", ScalarType.Float64);
        using var model = Load(name);
        using var bench = new Workbench(model, EveryPair(model), AblationKind.Zero);
        var pairs = bench.Task.Test;
        var tokens = tensor(pairs.SelectMany(pair => pair.Clean).Select(id => (long)id).ToArray(), pairs.Length, 6);
        Tensor Asked(Tensor logits) => stack([.. pairs.Select((pair, row) => logits[row, pair.AnswerPosition])]);   // (b, v)
        var full = Asked(exact.Transformer.Forward(tokens));
        foreach (var (node, effect) in KnownCircuit.Measured(name).Ablated)
        {
            // What is left of the outputs may be as small as 1e-20, and its order is what was measured: float64, and no sum with anything larger.
            var logits = Asked(Without(exact.Transformer, tokens, node));
            var found = name == "reverse" ? logits.argmax(-1).eq(full.argmax(-1)).to(ScalarType.Float64).mean() : (logits - full).abs().max();
            found.item<double>().ShouldBe(effect, 1e-3, node);

            var open = Enumerable.Repeat(true, bench.Layout.Count).ToArray();
            open[bench.Layout.IndexOf(Node.Parse(node))] = false;
            var measured = bench.Runner.Measure([NodeSet.Close(bench.Layout, open)], pairs)[0];
            tensor(measured.Select(pair => pair.Kl).ToArray()).ShouldBeWithin(PlainEngine.Divergences(PlainEngine.Reference(full), logits), 1e-5, node);
        }
    }

    [Theory]
    [InlineData("reverse", 0)]
    [InlineData("reverse", 1)]
    [InlineData("reverse", 2)]
    [InlineData("xproportion", 0)]
    [InlineData("xproportion", 1)]
    [InlineData("xproportion", 2)]
    public void The_ranking_puts_all_that_is_needed_above_all_that_is_not(string name, int seed)
    {
        using var model = Load(name);
        using var bench = new Workbench(model, EveryPair(model), AblationKind.Zero);
        var options = new EngineOptions { Engine = EngineKind.Fast, Precision = EnginePrecision.Float32, Activations = ActivationPlacement.Memory };
        using var loss = bench.Engines.Gradient(options, bench.Task.Train, "");
        var ranking = new RankingTrainer(bench.Layout, loss, new RankingOptions { Seed = seed }, TimeProvider.System).Train();

        GroundTruth.Of($"tracr-{name}").Score(ranking).ShouldBe(new GroundTruthScore(1, 1, 1), string.Join("; ", Entries(ranking)));
    }

    /// <summary>(b, t, v): logits of the model without a head that is alone in its block, or without an MLP block, biases and all.</summary>
    private static Tensor Without(Transformer model, Tensor tokens, string node)
    {
        var x = model.Embed(tokens);                                     // (b, t, d)
        for (var layer = 0; layer < model.Config.Layers; layer++)
        {
            x = node == $"a{layer}.h0" ? x : x + model.AttentionOutput(layer, model.HeadResults(layer, x));
            x = node == $"m{layer}" ? x : x + model.MlpOutput(layer, model.Hidden(layer, x));
        }

        return model.Logits(x);
    }

    private static IEnumerable<string> Entries(Ranking ranking) =>
        from granularity in new[] { Granularity.Head, Granularity.MlpBlock }
        from layer in Enumerable.Range(0, ranking.Layout.Config.Layers)
        let position = ranking.Layout.Offset(granularity, layer)
        select $"{ranking.Layout[position]} {ranking.Entries[position]:0.000}";

    private static LoadedModel Load(string name) => ModelLoader.Load($"tracr-{name}");

    private static TaskData EveryPair(LoadedModel model) => new TaskRequest { Task = "every-input" }.Load(model);

    private static double[] Numbers(JsonElement values) => values.ValueKind == JsonValueKind.Array ? [.. values.EnumerateArray().SelectMany(Numbers)] : [values.GetDouble()];
}
