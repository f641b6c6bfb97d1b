using System.Text.Json;

namespace Nodal.EndToEnd;

/// <summary>What <c>nodal discover --plan</c> predicts against what the run then takes.</summary>
public sealed class MemoryPlanTests(ITestOutputHelper log)
{
    private const string SmolLm = "SmolLM2-135M-Instruct.Q4_1.gguf";

    /// <summary>Sizes near 1, since a plan is made for a step that has every node open.</summary>
    public static TheoryData<string> Configurations { get; } =
    [
        "--task gp --pairs 200 --steps 6 --minimum-size 0.9 --sizes 0.1 --keep 0.1",
        $"--model {SmolLm} --task ioi --pairs 48 --steps 2 --minimum-size 0.9 --sizes 0.1 --keep 0.1 --activations memory",
        $"--model {SmolLm} --task ioi --pairs 64 --steps 2 --minimum-size 0.9 --batch 16 --sizes 0.3 --keep 0.1 --activations recompute",
        $"--model {SmolLm} --task ioi --pairs 48 --steps 2 --minimum-size 0.9 --batch 48 --sizes 0.1 --keep 0.1 --ablation mean",
    ];

    [Theory]
    [MemberData(nameof(Configurations))]
    public void The_predicted_peak_is_within_a_quarter_of_the_measured_one(string configuration)
    {
        using var folder = new TemporaryFolder();
        string[] arguments = [.. configuration.Split(' ').Select(word => word == SmolLm ? Repository.Shared("models", "SmolLM2-135M-Instruct", SmolLm) : word), "--threads", "2", "--json", "--quiet"];

        var predicted = Number(NodalTool.RunIn(folder.Path, ["discover", "--plan", .. arguments]), "peakBytes");
        var measured = Number(NodalTool.RunIn(folder.Path, ["discover", "--out", "run", .. arguments]), "peakMemoryBytes");

        log.WriteLine($"{configuration}: predicted {predicted >> 20} MiB, measured {measured >> 20} MiB");
        ((double)predicted / measured).ShouldBeInRange(0.75, 1.25);
    }

    private static long Number(ToolOutput output, string name) => JsonDocument.Parse(output.Successful().Output).RootElement.GetProperty(name).GetInt64();
}
