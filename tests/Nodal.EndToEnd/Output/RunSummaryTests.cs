using System.Collections.Immutable;
using Nodal.Circuits;
using Nodal.Cli.Output;
using Nodal.Evaluation;
using Nodal.Gates;
using Nodal.Models;
using Nodal.Runs;

namespace Nodal.EndToEnd.Output;

public sealed class RunSummaryTests
{
    private static readonly string Folder = Path.Combine(Environment.CurrentDirectory, "runs", "mine");

    private static readonly GateLayout Layout = new(new ModelConfig
    {
        Architecture = "llama", Layers = 2, Width = 4, Heads = 2, KeyValueHeads = 1, HeadWidth = 2, HiddenWidth = 3, VocabularySize = 10, ContextLength = 8,
        Norm = NormKind.RmsNorm, NormEpsilon = 1e-5, Activation = ActivationKind.Silu, GatedMlp = true,
    });

    [Fact]
    public void The_summary_of_a_run_reads_like_this() =>
        ConsoleText.Of(console => RunSummary.Write(console, Result(), Path.Combine(Folder, "circuit.json"))).Replace(Folder, "FOLDER", StringComparison.Ordinal).ShouldBe("""
        model small   task gp   200 training, 50 selection, 60 test pairs
        method ranking, 400 steps, seed 7   ablation counterfactual
        full model: accuracy 0.950, logit difference 2.50

        On test pairs; KL(full ‖ circuit) in nats, with its 95 % bootstrap interval:

                       size     KL            95 %       logit  accuracy  exact  parameters  attention  heads  attention     MLP     MLP      MLP
                                                    difference            match                 blocks           neurons  blocks  hidden  outputs
        ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
          all closed  0.000  3.500  [3.150, 3.850]       -1.00     0.750  0.500           0          0      0          0       0       0        0
                      0.054  1.250  [1.125, 1.375]        1.25     0.750  0.500           9          0      0          0       1       1        1
              chosen  0.202  0.187  [0.168, 0.206]        2.31     0.750  0.500          34          1      1          1       1       1        2
                      1.000  0.000  [0.000, 0.000]        2.50     0.750  0.500         168          2      4          8       2       6        8
          full model      1      0                        2.50     0.950      1         168          2      4          8       2       6        8

        The chosen circuit (budget 0.2 nats): size 0.202, KL 0.187 [0.168, 0.206]. Heads (kept dimensions) and MLP blocks by layer:
        a0: h1 (1/2)
                       m1: 1 hidden, 2 outputs
        Counted as published: size 0.158 (35 of 222 parameters by GPT-2's formula), attention blocks 1, heads 1, attention neurons 1, MLP blocks 1, MLP hidden 1, MLP outputs 2

        warning: 3 pairs dropped: clean and corrupted differ in token count (such as line 4)
        time 1:23, peak memory 1.5 GiB
        run folder FOLDER
        circuit FOLDER/circuit.json
        next: nodal show runs/mine   nodal cut runs/mine --keep 0.05

        """);

    [Fact]
    public void A_refined_run_says_what_it_has_gained()
    {
        var result = Result();
        var refined = result with { Refinement = new RefinementResult(result.Sizes[1], result.Chosen, 379, []) };

        ConsoleText.Of(console => RunSummary.Write(console, refined, Path.Combine(Folder, "circuit.json")))
            .ShouldContain("refined in 379 runs: size 1.000 (168 parameters), KL 0.000 before, size 0.202 (34 parameters), KL 0.187 after, on test pairs\n");
    }

    [Fact]
    public void A_narrow_console_gets_two_tables_with_the_same_rows() => ConsoleText.Of(console =>
    {
        console.Profile.Width = 80;
        SizeTable.Write(console, Result().Sizes, Result().AllClosed, Result().Chosen, Layout);
    }).Split('\n').Where(line => line.StartsWith(" full model", StringComparison.Ordinal)).ShouldBe(
    [
        " full model     1     0                      2.50    0.950     1",
        " full model     1        168         2     4         8      2      6       8",
    ]);

    [Fact]
    public void A_terminal_is_not_needed_to_read_the_chosen_row() =>
        ConsoleText.Of(console => SizeTable.Write(console, Result().Sizes, Result().AllClosed, Result().Sizes[0], Layout)).Split('\n').Count(line => line.Contains("chosen", StringComparison.Ordinal)).ShouldBe(1);

    [Fact]
    public void Warnings_of_several_runs_name_those_that_have_them_alone()
    {
        static SweepRow Run(string name, params string[] warnings) => new(name, [], Result() with { Warnings = [.. warnings] }, Pareto: false, Failure: null);
        ImmutableArray<SweepRow> runs = [Run("one", "of both"), Run("two", "of both", "of one"), new SweepRow("three", [], Result: null, Pareto: false, "memory ran out")];

        ConsoleText.Of(console => console.WarningsAndFailures(runs)).ShouldBe("warning: of both\nwarning: two: of one\nfailed: three: memory ran out\n");
    }

    private static RunResult Result()
    {
        var circuit = Circuit("a0", "a0.h1", "a0.h1.d0", "m1", "m1.n2", "m1.o0", "m1.o3");
        return new RunResult
        {
            Run = Folder,
            Model = "small",
            Task = "gp",
            Method = "ranking",
            Seed = 7,
            Steps = 400,
            Seconds = 83.4,
            PeakMemoryBytes = 3L << 29,
            ChosenBy = "budget 0.2 nats",
            Chosen = Row(circuit, 0.187),
            Sizes = [Row(Circuit("m1", "m1.n2", "m1.o0"), 1.25), Row(NodeSet.Full(Layout), 0)],
            AllClosed = Row(Circuit(), 3.5),
            Pairs = new PairCounts(200, 50, 60),
            Warnings = ["3 pairs dropped: clean and corrupted differ in token count (such as line 4)"],
            Circuit = new Circuit(circuit, new Provenance
            {
                Model = "small", ModelHash = "00", Task = "gp", Method = "ranking", Ablation = "Counterfactual", Seed = 7, Steps = 400, Chosen = "budget 0.2 nats", NodalVersion = "0.1.0",
            }),
        };
    }

    private static NodeSet Circuit(params string[] names)
    {
        var open = new bool[Layout.Count];
        foreach (var name in names)
        {
            open[Layout.IndexOf(Node.Parse(name))] = true;
        }

        return NodeSet.Close(Layout, open);
    }

    private static EvaluationRow Row(NodeSet circuit, double kl)
    {
        var account = new SizeAccount(Layout);
        var parameters = (long)account.Parameters(circuit.Gates());
        return new EvaluationRow
        {
            Size = (double)parameters / account.Total,
            Kl = kl,
            LogitDifference = 2.5 - kl,
            FullLogitDifference = 2.5,
            Accuracy = 0.75,
            FullAccuracy = 0.95,
            ExactMatch = 0.5,
            Parameters = parameters,
            Published = new PublishedCount(35, 222, 35 / 222.0, circuit.Counts()),
            Nodes = circuit.Counts(),
            Pairs = 60,
            Intervals = new MetricIntervals(new Interval(kl * 0.9, kl * 1.1), new Interval(1, 2), new Interval(0.7, 0.8), new Interval(0.4, 0.6)),
        };
    }
}
