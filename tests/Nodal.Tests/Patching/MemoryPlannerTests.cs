using System.Runtime.CompilerServices;
using Nodal.Models;
using Nodal.Patching;
using Nodal.Patching.Fast;
using Nodal.Runtime;
using Nodal.Tests.Models;

namespace Nodal.Tests.Patching;

public sealed class MemoryPlannerTests : IDisposable
{
    private const long Plenty = 1L << 50;
    private readonly Transformer _model = TinyModels.Make("llama-gqa");

    [Fact]
    public void The_first_place_that_fits_is_taken()
    {
        var (memory, file, recompute) = (Needed(ActivationPlacement.Memory), Needed(ActivationPlacement.File), Needed(ActivationPlacement.Recompute));
        file.ShouldBeLessThan(memory);
        recompute.ShouldBeLessThan(memory);

        Placed(limit: memory + Slack).ShouldBe(ActivationPlacement.Memory);
        Placed(limit: memory - Slack).ShouldBe(ActivationPlacement.File);
        Placed(limit: memory - Slack, disk: 0).ShouldBe(ActivationPlacement.Recompute);
    }

    [Fact]
    public void A_limit_that_nothing_fits_into_is_refused_and_a_full_machine_is_tried()
    {
        Throws(() => Planner().Plan(new EngineOptions(), limit: 1 << 20, Plenty, Processor()), "Raise --memory: model and pairs alone take");
        var enough = ProcessMemory.CurrentBytes + Slack;
        Throws(() => Planner().Plan(Explicit(ActivationPlacement.Memory), enough, Plenty, Processor()), "Raise --memory, leave the place of activations to --activations auto, or make --batch smaller");
        Planner().Plan(new EngineOptions(), limit: null, Plenty, Processor()).PeakBytes.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_large_batch_is_worked_on_in_pieces_of_bounded_memory()
    {
        StepBytes(batch: 200_000).ShouldBe(StepBytes(batch: 4 * FastEngine<Float32Element>.RowsPerPiece));
        StepBytes(batch: 8).ShouldBeLessThan(StepBytes(batch: 200_000) / 10);
    }

    [Fact]
    public void Tensors_that_nobody_has_disposed_of_do_not_count_as_held()
    {
        var planner = Planner(perPair: false);
        LiveTensors.Settle();
        var before = LiveTensors.Count;
        Drop(50_000);
        planner.Plan(new EngineOptions(), Plenty, Plenty, Processor());

        LiveTensors.Count.ShouldBe(before);
    }

    [Fact]
    public void Constants_have_no_place_to_choose() =>
        Planner(perPair: false).Plan(Explicit(ActivationPlacement.File), Plenty, Plenty, Processor()).Engine.Activations.ShouldBe(ActivationPlacement.Memory);

    [Fact]
    public void Refinement_needs_training_and_measuring_at_once() => Beyond(refines: true).ShouldBeGreaterThan(Beyond(refines: false));

    [Theory]
    [InlineData(false, false, EnginePrecision.Float32)]
    [InlineData(true, false, EnginePrecision.BFloat16)]
    [InlineData(false, true, EnginePrecision.BFloat16)]
    public void The_processor_decides_the_precision(bool avx512Bf16, bool amxBf16, EnginePrecision expected)
    {
        var plan = Planner().Plan(new EngineOptions(), Plenty, Plenty, Processor() with { Avx512Bf16 = avx512Bf16, AmxBf16 = amxBf16 });

        (plan.Engine.Engine, plan.Engine.Precision).ShouldBe((EngineKind.Fast, expected));
    }

    public void Dispose() => _model.Dispose();

    /// <summary>What the process holds may change a little between two plans; the pairs are many enough to outweigh it.</summary>
    private static long Slack => 256L << 20;

    private MemoryPlanner Planner(bool refines = false, bool perPair = true, int batch = 8)
    {
        var pair = TinyPairs.Make(_model.Config, 1, length: 6)[0];
        return new MemoryPlanner(_model, [.. Enumerable.Repeat(pair, 200_000)], perPair, batch, threads: 2, refines);
    }

    private ActivationPlacement Placed(long limit, long disk = Plenty) => Planner().Plan(new EngineOptions(), limit, disk, Processor()).Engine.Activations;

    private long Needed(ActivationPlacement placement) => Planner().Plan(Explicit(placement), Plenty, Plenty, Processor()).NeededBytes;

    /// <summary>Beyond what the process holds, which changes from plan to plan.</summary>
    private long Beyond(bool refines)
    {
        var plan = Planner(refines).Plan(Explicit(ActivationPlacement.Memory), Plenty, Plenty, Processor());
        return plan.NeededBytes - plan.Parts[0].Bytes;
    }

    private double StepBytes(int batch) => Planner(batch: batch).Plan(Explicit(ActivationPlacement.Memory), Plenty, Plenty, Processor()).Parts.Single(part => part.Name == "activations of a step").Bytes;

    private static EngineOptions Explicit(ActivationPlacement placement) => new() { Activations = placement };

    private static CpuFeatures Processor() => new() { Name = "made up", Cores = 2, Avx2 = true, Avx512 = false, Avx512Bf16 = false, AmxBf16 = false };

    /// <summary>Makes tensors, many enough that their finalizers take a while, and forgets them.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Drop(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _ = TorchSharp.torch.zeros(16);
        }
    }

    private static void Throws(Action plan, string remedy)
    {
        var message = Should.Throw<NodalException>(plan).Message;
        message.ShouldContain("does not fit into the memory it may take");
        message.ShouldContain(remedy);
    }
}
