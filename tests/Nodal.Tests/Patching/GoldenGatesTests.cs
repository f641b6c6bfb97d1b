using Nodal.Gates;
using Nodal.Patching;
using Nodal.Tasks;
using Nodal.Tests.Models;
using static TorchSharp.torch;

namespace Nodal.Tests.Patching;

public sealed class GoldenGatesTests
{
    private static readonly Dictionary<Granularity, string> Names = new()
    {
        [Granularity.AttentionBlock] = "attention_block",
        [Granularity.Head] = "head",
        [Granularity.AttentionNeuron] = "attention_neuron",
        [Granularity.MlpBlock] = "mlp_block",
        [Granularity.MlpHidden] = "mlp_hidden",
        [Granularity.MlpOutput] = "mlp_output",
    };

    public static TheoryData<string> Models => ["gpt2", "llama-gqa", "llama-3-rope", "llama-biases-head-dim"];

    [Theory]
    [MemberData(nameof(Models))]
    public void Gated_logits_equal_those_of_the_reference(string name)
    {
        using var golden = new GoldenModel(name);
        foreach (var (kind, gates, expected) in new[]
        {
            (AblationKind.Counterfactual, "hard", "logits_hard_gates_counterfactual"),
            (AblationKind.Counterfactual, "soft", "logits_soft_gates_counterfactual"),
            (AblationKind.Zero, "hard", "logits_hard_gates_zero"),
            (AblationKind.Mean, "hard", "logits_hard_gates_mean_of_corrupted"),
        })
        {
            using var ablation = Ablations.Make(kind, golden.Model, golden.Corrupted);
            var engine = new PlainEngine(golden.Model, new GateLayout(golden.Model.Config));
            engine.Logits(ablation.Run(golden.Clean, golden.Corrupted, (int)golden.Clean.shape[1] - 1), Gates(golden, gates)).ShouldBeWithin(golden[expected], 1e-4, expected);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Divergence_and_gradients_equal_those_of_the_reference(string name)
    {
        using var golden = new GoldenModel(name);
        using var ablation = new CounterfactualAblation(golden.Model);
        var layout = new GateLayout(golden.Model.Config);
        var gradient = new double[layout.Count];
        var batch = new PairPreparation(golden.Model, ablation).Prepare(Pairs(golden));
        new PlainEngine(golden.Model, layout).Step(batch, Gates(golden, "soft"), gradient).ShouldBe(golden.Values("kl_soft_gates_last_position")[0], 1e-5);

        foreach (var (granularity, of) in Names)
        {
            var expected = golden.Values($"gradient.{of}");
            var tolerance = 1e-4 * expected.Max(Math.Abs);
            var actual = gradient[layout.Span(granularity)];
            actual.Length.ShouldBe(expected.Length);
            actual.Zip(expected, (one, other) => Math.Abs(one - other)).ShouldAllBe(distance => distance <= tolerance, of);
        }
    }

    private static double[] Gates(GoldenModel golden, string kind) =>
        [.. GateLayout.All.SelectMany(granularity => golden.Values($"{kind}.{Names[granularity]}")).Select(gate => (double)gate)];

    /// <summary>The rows of the golden prompts; what they should say next plays no part.</summary>
    private static EncodedPair[] Pairs(GoldenModel golden)
    {
        static int[][] Rows(Tensor tokens) => [.. tokens.data<long>().ToArray().Select(id => (int)id).Chunk((int)tokens.shape[1])];
        return [.. Rows(golden.Clean).Zip(Rows(golden.Corrupted), (clean, corrupted) => new EncodedPair
        {
            Pair = new PromptPair { Clean = "", Corrupted = "", Answers = [""], Foils = [""] },
            Clean = [.. clean],
            Corrupted = [.. corrupted],
            Answers = [0],
            Foils = [1],
        })];
    }
}
