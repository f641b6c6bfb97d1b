using System.Xml.Linq;
using Nodal.Discovery;
using Nodal.Models;
using Nodal.Reports;
using Nodal.Runs;
using Nodal.Runtime;
using Nodal.Tests.Discovery;

namespace Nodal.Tests.Runs;

/// <summary>Sweeps of short runs on the embedded model.</summary>
public sealed class SweepRunTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("nodal-sweep-");
    private readonly string _pairs;

    public SweepRunTests()
    {
        _pairs = At("pairs.jsonl");
        File.WriteAllLines(_pairs, File.ReadLines(EmbeddedModel.GenderedPronounPairs).Take(40));
    }

    [Fact]
    public void Each_run_is_the_run_of_its_settings_and_the_front_is_marked()
    {
        var result = SweepRun.Execute(Plan(0.3, 0.6), At("sweep"));
        var alone = DiscoveryRun.Execute(Options(0.6), At("alone"));

        result.Runs.Select(row => row.Name).ShouldBe(["keep-0.3", "keep-0.6"]);
        result.Runs[1].Result!.Chosen.Kl.ShouldBe(alone.Chosen.Kl);
        File.ReadAllBytes(In("sweep", "keep-0.6", "ranking.safetensors")).ShouldBe(File.ReadAllBytes(In("alone", "ranking.safetensors")));
        result.Runs[0].Pareto.ShouldBeTrue();
        result.Runs[1].Pareto.ShouldBe(result.Runs[1].Result!.Chosen.Kl < result.Runs[0].Result!.Chosen.Kl);
    }

    [Fact]
    public void A_failed_run_is_reported_and_stops_no_other()
    {
        var plan = Plan(0.3, 0.6);
        plan = plan with { Points = plan.Points.SetItem(0, plan.Points[0] with { Options = Options(0.3) with { Task = new TaskRequest { Task = At("nowhere.jsonl") } } }) };

        var result = SweepRun.Execute(plan, At("sweep"));
        SweepReport.Write(result);

        result.Runs[0].Failure.ShouldNotBeNull().ShouldContain("nowhere.jsonl");
        result.Runs[0].Result.ShouldBeNull();
        result.Runs[1].Result.ShouldNotBeNull();
        File.ReadAllLines(In("sweep", "sweep.csv")).Length.ShouldBe(3);
    }

    [Fact]
    public void A_sweep_goes_on_where_it_was_interrupted_and_makes_nothing_twice()
    {
        using var source = new CancellationTokenSource();
        var steps = 0;
        var ends = new Observer<RunProgress>(news =>
        {
            if (news.Step is not null && ++steps == 5)
            {
                source.Cancel();
            }
        });
        var fault = Should.Throw<OperationCanceledException>(() => SweepRun.Execute(Plan(0.3, 0.6), At("sweep"), progress: ends, cancellation: source.Token));
        UnfinishedSweep.Of(fault).ShouldBe(At("sweep"));
        var done = File.GetLastWriteTimeUtc(In("sweep", "keep-0.3", "DONE"));

        var heard = new List<string>();
        var result = SweepRun.Execute(Plan(0.3, 0.6, 0.4), At("sweep"), progress: new Observer<RunProgress>(news => heard.Add(news.Note)));

        result.Runs.Select(row => row.Failure).ShouldBe([null, null, null]);
        File.GetLastWriteTimeUtc(In("sweep", "keep-0.3", "DONE")).ShouldBe(done);
        heard.ShouldContain("run 1 of 3: keep-0.3, finished before");
        heard.ShouldContain("after step 2 of 3");
        DiscoveryRun.Execute(Options(0.6), At("alone"));
        File.ReadAllBytes(In("sweep", "keep-0.6", "circuit.json")).ShouldBe(File.ReadAllBytes(In("alone", "circuit.json")));
    }

    [Fact]
    public void A_folder_of_another_sweep_or_of_something_else_is_refused()
    {
        SweepRun.Execute(Plan(0.3), At("sweep"));
        var other = Plan(0.3) with { Settings = ["--steps=9"] };

        Should.Throw<NodalException>(() => SweepRun.Execute(other, At("sweep"))).Message.ShouldContain("holds a sweep of other settings: found --over keep=…; expected --steps=9 --over keep=…");
        Should.Throw<NodalException>(() => SweepRun.Execute(Plan(0.3), _root.FullName)).Message.ShouldContain("not empty and of no sweep");
    }

    [Fact]
    public void The_report_has_a_line_and_a_mark_for_each_run_and_the_curve_of_the_reference()
    {
        DiscoveryRun.Execute(Options(0.4), At("before"));
        var result = SweepRun.Execute(Plan(0.3, 0.6), At("sweep"), reference: At("before"));

        SweepReport.Write(result);

        var table = File.ReadAllLines(In("sweep", "sweep.csv"));
        table[0].ShouldStartWith("run,over keep,model,task,method,seed,size,kl,accuracy,logitDifference,");
        table[1].ShouldStartWith("keep-0.3,0.3,stories260K,");
        var read = NodalJson.Read<SweepResult>(In("sweep", "sweep.json"), "sweep");
        read.Runs.Select(row => row.Result!.Chosen.Kl).ShouldBe(result.Runs.Select(row => row.Result!.Chosen.Kl));
        var plot = XDocument.Load(SweepReport.PlotPath(result));
        var texts = plot.Descendants().Where(element => element.Name.LocalName == "text").Select(text => text.Value).ToArray();
        texts.ShouldContain("before (ranking)");
        texts.ShouldContain("keep 0.3");
        plot.Descendants().Count(element => element.Name.LocalName == "title" && element.Value.StartsWith("keep-0.", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public void Values_added_before_the_first_keep_the_reference_that_is_there()
    {
        SweepRun.Execute(Beside(0.6), At("sweep"));
        var done = File.GetLastWriteTimeUtc(In("sweep", "reference_keep-0.6", "DONE"));
        var result = SweepRun.Execute(Beside(0.3, 0.6), At("sweep"));

        result.ReferenceFailure.ShouldBeNull();
        result.Reference.ShouldNotBeNull().Run.ShouldBe(In("sweep", "reference_keep-0.6"));
        result.Reference.ChosenBy.ShouldBe("keep 0.6");
        File.GetLastWriteTimeUtc(In("sweep", "reference_keep-0.6", "DONE")).ShouldBe(done);
        Directory.Exists(In("sweep", "reference_keep-0.3")).ShouldBeFalse();
    }

    [Fact]
    public void The_reference_has_the_settings_of_the_run_that_it_stands_beside()
    {
        var plan = Beside(0.3, 0.6);
        plan = plan with { Points = plan.Points.SetItem(0, plan.Points[0] with { Options = Options(0.3) with { Task = new TaskRequest { Task = At("nowhere.jsonl") } } }) };

        SweepRun.Execute(plan, At("sweep")).Reference.ShouldNotBeNull().ChosenBy.ShouldBe("keep 0.6");
    }

    [Fact]
    public void A_reference_that_fails_is_reported_and_spoils_no_sweep()
    {
        var plan = Beside(0.3);
        var result = SweepRun.Execute(plan with { Reference = options => options with { Model = At("nowhere.gguf") } }, At("sweep"));

        result.Runs[0].Failure.ShouldBeNull();
        result.Reference.ShouldBeNull();
        result.ReferenceFailure.ShouldNotBeNull().ShouldContain("nowhere.gguf");
    }

    public void Dispose() => _root.Delete(recursive: true);

    private SweepPlan Plan(params double[] keeps) => new([], ["keep"], [.. keeps.Select(keep => new SweepPoint($"keep-{keep}", [$"{keep}"], Options(keep)))]);

    private SweepPlan Beside(params double[] keeps) => Plan(keeps) with { Reference = options => options };

    private DiscoverOptions Options(double keep) => new()
    {
        Task = new TaskRequest { Task = _pairs },
        Ranking = new RankingOptions { Steps = 3, BatchSize = 8, CheckpointSeconds = 0 },
        Choice = new SizeChoice { Keep = keep },
        Sizes = [0.3, 0.5],
        Threads = 1,
    };

    private string In(params string[] parts) => Path.Combine([_root.FullName, .. parts]);

    private string At(string name) => Path.Combine(_root.FullName, name);
}
