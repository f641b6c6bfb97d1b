using Nodal.Patching;
using Nodal.Patching.Fast;
using Nodal.Tasks;
using Nodal.Tests.Models;
using Nodal.Tests.Patching.Fast;
using static TorchSharp.torch;

namespace Nodal.Tests.Patching;

public sealed class AnswerLossTests
{
    private static readonly AnswerLoss[] Losses =
    [
        new(), new() { AmongChoices = true }, new() { KlWeight = 0.05, MarginWeight = 0.05, Margin = 4 }, new() { KlWeight = 0, LogitDifferenceWeight = 1 },
        new() { KlWeight = 0.5, AmongChoices = true, MarginWeight = 2, Margin = -1, LogitDifferenceWeight = 0.3 },
    ];

    /// <summary>Four tokens, the first an answer, the last two foils: p = (.4, .3, .2, .1), logits 0, 0, ln 2, 0.</summary>
    [Fact]
    public void It_is_what_one_counts_by_hand()
    {
        using var scope = NewDisposeScope();
        var full = tensor(new[] { 0.4, 0.3, 0.2, 0.1 }).log().unsqueeze(0);
        var logits = tensor(new[] { 0, 0, Math.Log(2), 0 }).unsqueeze(0);
        var pair = Pair([0], [2, 3]);
        double Loss(AnswerLoss loss) => loss.Of([pair], full, logits).Loss.item<double>();

        // q = (.2, .2, .4, .2); among the choices p = (4, 2, 1)/7 and q = (1, 2, 1)/4; D = 0 − ln 3.
        var kl = (0.4 * Math.Log(2)) + (0.3 * Math.Log(1.5)) + (0.2 * Math.Log(0.5)) + (0.1 * Math.Log(0.5));
        var among = (4.0 / 7 * Math.Log(16.0 / 7)) + (2.0 / 7 * Math.Log(4.0 / 7)) + (1.0 / 7 * Math.Log(4.0 / 7));
        Loss(Losses[0]).ShouldBe(kl, 1e-12);
        Loss(Losses[1]).ShouldBe(among, 1e-12);
        Loss(Losses[2]).ShouldBe((0.05 * kl) + (0.05 * (4 + Math.Log(3))), 1e-12);
        Loss(Losses[3]).ShouldBe(-Math.Log(3), 1e-12);
        Loss(Losses[4]).ShouldBe((0.5 * among) + (2 * (-1 + Math.Log(3))) - (0.3 * Math.Log(3)), 1e-12);
    }

    /// <summary>One output, 2 of the full model and 3.5 of the gated one; without foils the logit difference is the output itself.</summary>
    [Fact]
    public void Of_one_output_the_squared_error_stands_in_place_of_the_divergence()
    {
        using var scope = NewDisposeScope();
        var full = PlainEngine.Reference(tensor(new[] { 2.0 }).unsqueeze(0));
        foreach (var loss in Losses)
        {
            var logits = tensor(new[] { 3.5 }).requires_grad_();
            var (total, error) = loss.Of([Pair([0], [])], full, logits.unsqueeze(0));
            total.backward();
            var expected = (loss.KlWeight * 2.25) + (loss.MarginWeight * Math.Max(0, loss.Margin - 3.5)) + (loss.LogitDifferenceWeight * 3.5);
            total.item<double>().ShouldBe(expected, 1e-12);
            error.item<double>().ShouldBe(2.25, 1e-12);

            float[] byHand = [3.5f];
            AnswerGradient.Replace(loss, Pair([0], []), [2f], byHand, 1).ShouldBe(2.25, 1e-6);
            byHand[0].ShouldBe((float)logits.grad!.item<double>(), 1e-5f);
        }
    }

    [Fact]
    public void Gradients_written_by_hand_are_those_of_autograd()
    {
        var random = new Random(2);
        var pair = Pair([1, 4], [0, 2, 6]);
        foreach (var loss in Losses)
        {
            using var scope = NewDisposeScope();
            var full = tensor(Normal(random, 8)).log_softmax(0);
            var logits = tensor(Normal(random, 8)).requires_grad_();
            var (total, kl) = loss.Of([pair], full.unsqueeze(0), logits.unsqueeze(0));
            total.backward();

            var actual = logits.detach().data<float>().ToArray();
            AnswerGradient.Replace(loss, pair, full.data<float>().ToArray(), actual, 1).ShouldBe(kl.item<float>(), 1e-5);
            var expected = logits.grad!.data<float>().ToArray();
            for (var i = 0; i < 8; i++)
            {
                actual[i].ShouldBe(expected[i], 1e-5f, $"{loss}, token {i}");
            }
        }
    }

    [Fact]
    public void Gradients_written_by_hand_are_those_of_finite_differences()
    {
        const double Step = 1e-5;
        var random = new Random(3);
        var pair = Pair([1, 4], [0, 2, 6]);
        foreach (var loss in Losses)
        {
            using var scope = NewDisposeScope();
            var (full, at) = (tensor(Normal(random, 8)).log_softmax(0), Normal(random, 8));
            var doubled = full.to(ScalarType.Float64).unsqueeze(0);
            double LossAt(int token, double step)
            {
                double[] logits = [.. at.Select((value, i) => value + (i == token ? step : 0))];
                return loss.Of([pair], doubled, tensor(logits).unsqueeze(0)).Loss.item<double>();
            }

            float[] actual = [.. at];
            AnswerGradient.Replace(loss, pair, full.data<float>().ToArray(), actual, 1);
            for (var i = 0; i < 8; i++)
            {
                actual[i].ShouldBe((float)((LossAt(i, Step) - LossAt(i, -Step)) / (2 * Step)), 1e-5f, $"{loss}, token {i}");
            }
        }
    }

    [Theory]
    [InlineData("llama-gqa")]
    [InlineData("compiled")]
    [InlineData(TinyModels.Number)]
    public void Both_engines_take_the_gradient_of_every_loss(string model)
    {
        foreach (var loss in Losses)
        {
            using var setting = new FastSetting(model, loss: loss);
            using var fast = setting.Fast<Float32Element>();
            var gates = SparseGates.Make(setting.Layout, 0.3, null, seed: 3);
            var (expected, actual) = (new double[gates.Length], new double[gates.Length]);
            var kl = setting.Plain.Step(setting.Everything, gates, expected);

            fast.Step(setting.Everything, gates, actual).ShouldBe(kl, 1e-4 * Math.Abs(kl));

            Enumerable.Range(0, gates.Length).Where(i => gates[i] != 0).Max(i => Math.Abs(actual[i] - expected[i])).ShouldBeLessThan(1e-4 * expected.Max(Math.Abs));
        }
    }

    private static EncodedPair Pair(int[] answers, int[] foils) => new()
    {
        Pair = new PromptPair { Clean = "a", Corrupted = "b", Answers = ["x"], Foils = ["y"] }, Clean = [0], Corrupted = [1], Answers = [.. answers], Foils = [.. foils],
    };

    private static float[] Normal(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))];
}
