using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;
using Nodal.Discovery;
using Nodal.Discovery.Attribution;
using Nodal.Gates;
using Nodal.Models;
using Nodal.Patching;
using Nodal.Runtime;
using Nodal.Tasks;

namespace Nodal.Runs;

/// <summary>Everything a run is made from; written whole to <c>config.json</c>.</summary>
public sealed record DiscoverOptions
{
    /// <summary>The model: an id or a path; default the embedded one.</summary>
    public string Model { get; init; } = EmbeddedModel.Id;

    /// <summary>The task and its pairs.</summary>
    public TaskRequest Task { get; init; } = new();

    /// <summary>How nodes are scored; default the ranking.</summary>
    public DiscoveryMethod Method { get; init; }

    /// <summary>How scores are trained where the method is the ranking, or that of leaves alone.</summary>
    public RankingOptions Ranking { get; init; } = new();

    /// <summary>How scores are trained where the method is the published one.</summary>
    public PaperOptions Paper { get; init; } = new();

    /// <summary>How scores are trained where the method is subnetwork probing.</summary>
    public ProbingOptions Probing { get; init; } = new();

    /// <summary>How nodes are scored where the method trains nothing.</summary>
    public AttributionOptions Attribution { get; init; } = new();

    /// <summary>What a closed node outputs; default its activation on the corrupted prompt.</summary>
    public AblationKind Ablation { get; init; } = AblationKind.Counterfactual;

    /// <summary>
    /// Which positions share a mean or a learned constant; default three classes: the first position, the answer position, all others. <see langword="null"/> in the configuration of versions
    /// that knew but one class.
    /// </summary>
    public MeanPositions? MeanPositions { get; init; }

    /// <summary>Adam's rate for the constants of the learned ablation, in root mean squares of a layer's constants per step, with the schedule of the scores; default 0.03.</summary>
    public double ConstantRate { get; init; } = 0.03;

    /// <summary>Granularities whose gates are trained, the optional ones too; those of all others are open. Default the six that are not optional.</summary>
    public ImmutableArray<Granularity> Granularities { get; init; } = [.. GateLayout.All];

    /// <summary>How the size of the chosen circuit follows; with the published method, where nothing is said, the nodes whose log α is above 0.</summary>
    public SizeChoice Choice { get; init; } = new();

    /// <summary>How the circuit is refined after that; default not at all.</summary>
    public RefinementOptions Refinement { get; init; } = new();

    /// <summary>Sizes of the table, fractions of all block parameters.</summary>
    public ImmutableArray<double> Sizes { get; init; } = SizeLadder.Default;

    /// <summary>How the gated model is run.</summary>
    public EngineOptions Engine { get; init; } = new();

    /// <summary>Bytes the process may hold; where corrupted runs are kept follows from it. Default what it holds with model and pairs read, and 70 % of what is free then.</summary>
    public long? Memory { get; init; }

    /// <summary>Threads, each working on pairs of its own; default all cores. Part of what makes a run repeat bit by bit.</summary>
    public int? Threads { get; init; }

    /// <summary>Independent runs on the same pairs, with seeds that count up from the method's; from 2 on their consensus is the result; default 1.</summary>
    public int Seeds { get; init; } = 1;

    /// <summary>Seed of the method.</summary>
    [JsonIgnore]
    public int Seed => Method switch
    {
        DiscoveryMethod.Paper => Paper.Seed,
        DiscoveryMethod.SubnetworkProbing => Probing.Seed,
        _ => IsTrained ? Ranking.Seed : Attribution.Seed,
    };

    /// <summary>Whether the method trains scores, step by step.</summary>
    internal bool IsTrained => NodeScorers.Of(Method) is null;

    /// <summary>Whether what the method finds depends on its seed.</summary>
    internal bool DrawsAtRandom => IsTrained || Method is DiscoveryMethod.Random or DiscoveryMethod.UniformGradientSampling;

    /// <summary>Optimisation steps of the method, resolved; 0 where nothing is trained.</summary>
    internal int TrainingSteps => Method switch
    {
        DiscoveryMethod.Paper => Paper.Steps!.Value,
        DiscoveryMethod.SubnetworkProbing => Probing.Steps,
        _ => IsTrained ? Ranking.Steps : 0,
    };

    /// <summary>Steps of the method, resolved: of optimisation, of a path, or draws.</summary>
    internal int Steps => IsTrained ? TrainingSteps : Attribution.Steps ?? 0;

    /// <summary>Pairs per step of the method, resolved.</summary>
    internal int BatchSize => Method switch
    {
        DiscoveryMethod.Paper => Paper.BatchSize!.Value,
        DiscoveryMethod.SubnetworkProbing => Probing.BatchSize,
        _ => IsTrained ? Ranking.BatchSize : Attribution.BatchSize,
    };

    /// <summary>Granularities the method scores.</summary>
    internal Granularity[] Scored => MethodNodes.Of(Method, Granularities);

    /// <summary>The same with another seed of the method.</summary>
    internal DiscoverOptions WithSeed(int seed) => this with
    {
        Ranking = Ranking with { Seed = seed },
        Paper = Paper with { Seed = seed },
        Probing = Probing with { Seed = seed },
        Attribution = Attribution with { Seed = seed },
    };

    /// <summary>Refuses what cannot work on these pairs.</summary>
    /// <exception cref="NodalException">A margin is asked for, and a pair has no foil for the answer to be above.</exception>
    internal void RefuseFor(TaskData task)
    {
        if ((Ranking.Margin ?? Paper.Margin) is not null && task.Train.FirstOrDefault(pair => pair.Foils.IsEmpty) is { } pair)
        {
            Throw.Usage("--margin needs a foil in every pair", found: $"none for '{pair.Pair.Clean}'", expected: "an output that the answer is to be above", remedy: "Leave --margin out");
        }
    }

    /// <summary>Refuses what cannot work before anything is read.</summary>
    public void Validate()
    {
        Choice.Validate();
        ValidateMethod();
        Refinement.Validate();
        Task.Validate();
        Engine.Validate();
        ValidateNumbers();
        ValidateGranularities();
        ValidateTogether();
    }

    private void ValidateMethod()
    {
        switch (Method)
        {
            case DiscoveryMethod.Paper:
                Paper.Validate();
                break;
            case DiscoveryMethod.SubnetworkProbing:
                Probing.Validate();
                break;
            case DiscoveryMethod.Ranking or DiscoveryMethod.Mattr:
                Ranking.Validate();
                break;
            default:
                Attribution.Validate(Method);
                break;
        }
    }

    private void ValidateNumbers()
    {
        if (Threads < 1)
        {
            Throw.Usage("--threads is no number of threads", found: string.Create(CultureInfo.InvariantCulture, $"{Threads}"), expected: "1 or more", remedy: "Leave it out for all cores");
        }

        if (!(ConstantRate >= 0 && double.IsFinite(ConstantRate)))
        {
            Throw.Usage("--constant-rate is no rate", found: string.Create(CultureInfo.InvariantCulture, $"{ConstantRate}"), expected: "a number, 0 or more", remedy: "Leave it out for the default");
        }

        if (Seeds < 1)
        {
            Throw.Usage("--seeds is no number of runs", found: string.Create(CultureInfo.InvariantCulture, $"{Seeds}"), expected: "1 or more", remedy: "Leave it out for one run");
        }

        if (Seed > int.MaxValue - Seeds + 1)
        {
            Throw.Usage(
                "--seeds counts past the largest seed", found: string.Create(CultureInfo.InvariantCulture, $"--seed {Seed} and --seeds {Seeds}"), expected: $"a last seed of at most {int.MaxValue}", remedy: "Start at a smaller seed");
        }

        if (Sizes.Any(size => !(size > 0 && size <= 1)))
        {
            Throw.Usage("--sizes holds what is no size", found: string.Join(", ", Sizes.Select(size => size.ToString(CultureInfo.InvariantCulture))), expected: "fractions above 0 and at most 1", remedy: "Correct them");
        }
    }

    private void ValidateGranularities()
    {
        if (Granularities.IsDefaultOrEmpty)
        {
            Throw.Usage(
                "--granularities turns every gate off", found: "no granularity", expected: $"at least one of {string.Join(", ", Enum.GetNames<Granularity>())}",
                remedy: "Name one, or leave it out");
        }

        if (Scored.Length == 0)
        {
            Throw.Usage(
                $"--granularities leaves --method {Words.Of(Method)} nothing to score", found: string.Join(", ", Granularities),
                expected: $"some of {string.Join(", ", MethodNodes.Of(Method, GateLayout.All))}", remedy: "Name one of them, or leave --granularities out");
        }

        // The published method chooses by a threshold of the scores, every other one by size.
        if (Method != DiscoveryMethod.Paper && Scored.All(granularity => granularity == Granularity.Embedding))
        {
            Throw.Usage(
                $"--granularities leaves --method {Words.Of(Method)} nothing to choose", found: "Embedding alone, which holds none of the block parameters that sizes are counted in",
                expected: "another granularity too", remedy: "Name one, or give --method paper");
        }

        var defaults = new GranularityWeights();
        Granularity[] untrained = [.. GateLayout.All.Except(Scored).Where(granularity => Paper.Weights[granularity] != defaults[granularity])];
        if (Method == DiscoveryMethod.Paper && untrained.Length > 0)
        {
            Throw.Usage(
                "--penalty-weights has weights of gates that are off", found: string.Join(", ", untrained), expected: $"some of {string.Join(", ", Scored)}",
                remedy: "Leave these out, or name them in --granularities too");
        }
    }

    private void ValidateTogether()
    {
        if (!IsTrained && Ablation == AblationKind.Learned)
        {
            Throw.Usage(
                $"--method {Words.Of(Method)} trains nothing", found: "--ablation learned, whose constants are trained", expected: "another ablation, or a method that trains",
                remedy: "Give --ablation mean, or another --method");
        }

        if (Method == DiscoveryMethod.Relp && Engine.Engine == EngineKind.Fast)
        {
            Throw.Usage(
                "--method relp has gradients that the fast engine does not know", found: "--engine fast", expected: "plain or auto", remedy: "Leave out --engine");
        }

        if (Seeds > 1 && Refinement.Runs > 0)
        {
            Throw.Usage(
                "a consensus cannot be refined", found: "--seeds and --refine; its scores are mean ranks", expected: "one of them",
                remedy: "Leave one out, or refine a run of one seed with nodal cut");
        }
    }
}
