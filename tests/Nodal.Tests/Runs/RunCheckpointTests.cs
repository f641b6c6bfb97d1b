using CsCheck;
using Nodal.Discovery;
using Nodal.Runs;
using Nodal.Runtime;

namespace Nodal.Tests.Runs;

public sealed class RunCheckpointTests : IDisposable
{
    private const int Gates = 5;
    private const int Steps = 12;

    private static readonly Gen<double[]> Vector = Gen.Double.Array[Gates];
    private static readonly Gen<double?> Perhaps = Gen.Double[0, 1].Nullable();
    private static readonly Gen<TrainingProgress> Step = Gen.Select(Gen.Double[0, 9], Gen.Double[0, 1], Perhaps, Perhaps, Gen.Long[0, 1L << 40], (kl, size, temperature, penalty, ticks) => new TrainingProgress(0, Steps, kl, size, temperature, new TimeSpan(ticks)) { Penalty = penalty });

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("nodal-checkpoint-");
    private readonly RunFolder _folder;

    public RunCheckpointTests()
    {
        _folder = new RunFolder(_root.FullName);
        File.WriteAllText(_folder.Config, "{}");
    }

    private string FileName => Path.Combine(_folder.Checkpoint, "training.safetensors");

    [Fact]
    public void What_is_written_is_read_with_every_bit() =>
        Gen.Select(Vector, Vector, Vector, Step.Array[1, Steps]).Sample((scores, first, second, history) =>
        {
            var state = new TrainingState(scores, first, second, [.. history.Select((step, i) => step with { Step = i + 1 })]);
            Checkpoint().Write(state);

            var read = Checkpoint().Read().ShouldNotBeNull();

            read.Scores.ShouldBe(scores);
            read.FirstMoment.ShouldBe(first);
            read.SecondMoment.ShouldBe(second);
            read.History.ShouldBe(state.History);
        }, iter: 50, threads: 1);

    [Fact]
    public void Constants_are_kept_with_every_bit_and_any_damage_to_them_is_noticed()
    {
        var checkpoint = new RunCheckpoint(_folder, Gates, Steps, constants: 3);
        checkpoint.Write(State(3) with { Constants = new ConstantState([1, -2, 3], [.1, .2, .3], [4, 5, 6]) });

        var read = checkpoint.Read()!.Constants.ShouldNotBeNull();
        double[] all = [.. read.Values, .. read.FirstMoment, .. read.SecondMoment];
        double[] expected = [1, -2, 3, .1, .2, .3, 4, 5, 6];
        all.ShouldBe(expected);
        var bytes = File.ReadAllBytes(FileName);
        bytes.AsSpan().IndexOf(BitConverter.GetBytes(-2.0)).ShouldBePositive();
        bytes[bytes.AsSpan().IndexOf(BitConverter.GetBytes(-2.0)) + 3] ^= 1;
        File.WriteAllBytes(FileName, bytes);
        Should.Throw<NodalException>(() => checkpoint.Read()).Message.ShouldContain("is damaged");
    }

    [Fact]
    public void Before_the_first_there_is_none() => Checkpoint().Read().ShouldBeNull();

    [Fact]
    public void A_kill_before_the_first_file_leaves_none()
    {
        _folder.MakeCheckpointFolder();
        File.WriteAllText(Path.Combine(_folder.Checkpoint, $".training.safetensors.{new string('a', 32)}.tmp"), "half");

        Checkpoint().Read().ShouldBeNull();
    }

    [Fact]
    public void A_later_state_takes_the_place_of_an_earlier_one()
    {
        Checkpoint().Write(State(3));
        Checkpoint().Write(State(4));

        Checkpoint().Read()!.Steps.ShouldBe(4);
        Directory.GetFiles(_folder.Checkpoint).Length.ShouldBe(1);
    }

    [Fact]
    public void The_metrics_are_kept_with_it()
    {
        Checkpoint().Write(State(3));

        File.ReadAllLines(_folder.Metrics).ShouldBe(
        [
            """{"step":1,"kl":0.5,"size":0.25,"temperature":0.1,"seconds":0}""",
            """{"step":2,"kl":0.5,"size":0.25,"temperature":0.1,"seconds":1}""",
            """{"step":3,"kl":0.5,"size":0.25,"temperature":0.1,"seconds":2}""",
        ]);
    }

    [Fact]
    public void Metrics_hold_what_the_method_has()
    {
        var step = new TrainingProgress(1, Steps, 0.5, 0.25, Temperature: null, TimeSpan.FromSeconds(2)) { Penalty = 0.75 };
        Checkpoint().Write(State(0) with { History = [step] });

        File.ReadAllLines(_folder.Metrics).ShouldBe(["""{"step":1,"kl":0.5,"size":0.25,"penalty":0.75,"seconds":2}"""]);
    }

    [Fact]
    public void Any_damaged_byte_is_noticed()
    {
        Checkpoint().Write(State(3));
        var good = File.ReadAllBytes(FileName);
        for (var position = 0; position < good.Length; position++)
        {
            // A changed blank of the header may still be a blank; nothing else may change unnoticed.
            var bad = good.ToArray();
            bad[position] ^= 0x10;
            File.WriteAllBytes(FileName, bad);
            ShouldRefuse($"byte {position}");
        }
    }

    [Fact]
    public void Any_missing_end_is_noticed()
    {
        Checkpoint().Write(State(3));
        var good = File.ReadAllBytes(FileName);
        foreach (var length in Enumerable.Range(0, good.Length))
        {
            File.WriteAllBytes(FileName, good[..length]);
            ShouldRefuse($"{length} bytes");
        }
    }

    [Fact]
    public void Another_configuration_is_noticed()
    {
        Checkpoint().Write(State(3));
        File.WriteAllText(_folder.Config, "{ }");

        ShouldRefuse("config").ShouldContain("belongs to another config.json");
    }

    [Theory]
    [InlineData(Gates + 1, Steps, "no scores of this run")]
    [InlineData(Gates, 2, "no history of this run")]
    public void Another_model_or_length_is_noticed(int gates, int steps, string expected)
    {
        Checkpoint().Write(State(3));

        Should.Throw<NodalException>(() => new RunCheckpoint(_folder, gates, steps).Read()).Message.ShouldContain(expected);
    }

    [Fact]
    public void A_place_that_takes_no_folder_is_a_fault_with_its_path()
    {
        File.WriteAllText(_folder.Checkpoint, "in the way");

        Should.Throw<NodalException>(() => Checkpoint().Write(State(1))).Message.ShouldStartWith($"{_folder.Checkpoint} was not made: found ");
    }

    public void Dispose() => _root.Delete(recursive: true);

    private RunCheckpoint Checkpoint() => new(_folder, Gates, Steps);

    private string ShouldRefuse(string what)
    {
        var fault = Should.Throw<NodalException>(() => Checkpoint().Read(), what);
        fault.Message.ShouldContain($"{FileName} cannot be gone on from: found ");
        fault.Message.ShouldContain($"Delete the folder {_folder.Checkpoint} and resume again");
        return fault.Message;
    }

    private static TrainingState State(int steps) => new(
        [1, 2, 3, 4, 5], [.1, .2, .3, .4, .5], [.01, .02, .03, .04, .05],
        [.. Enumerable.Range(0, steps).Select(step => new TrainingProgress(step + 1, Steps, 0.5, 0.25, 0.1, TimeSpan.FromSeconds(step)))]);
}
