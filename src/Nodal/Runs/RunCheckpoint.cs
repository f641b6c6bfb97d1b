using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Nodal.Discovery;
using Nodal.Runtime;
using Nodal.Weights;

namespace Nodal.Runs;

/// <summary><c>checkpoint/training.safetensors</c>, what training goes on from, and <c>metrics.jsonl</c>, which a person can read meanwhile.</summary>
/// <remarks>
/// One file, replaced as a whole: a kill between any two file operations leaves the state before or the one after. The metrics are written first, so that they never
/// lack a step of the checkpoint; what they have beyond it is written again.
/// </remarks>
/// <param name="folder">The run's, configured.</param>
/// <param name="gates">Of the model.</param>
/// <param name="steps">Of the whole training.</param>
/// <param name="constants">Constants that are trained beside the scores.</param>
internal sealed class RunCheckpoint(RunFolder folder, int gates, int steps, int constants = 0)
{
    private const string Schema = "nodal-checkpoint/2";
    private const int Columns = 5;

    private readonly string _path = Path.Combine(folder.Checkpoint, "training.safetensors");
    private readonly string _config = FileHash.Sha256([folder.Config]);

    /// <summary>Keeps a state in place of the one before.</summary>
    /// <exception cref="NodalException">It cannot be written; the one before stays.</exception>
    public void Write(TrainingState state)
    {
        AtomicFile.WriteAllText(folder.Metrics, string.Concat(state.History.Select(Line)));
        double[] history = [.. state.History.SelectMany(Row)];
        var writer = new SafetensorsWriter();
        writer.AddMetadata("schema", Schema);
        writer.AddMetadata("config", _config);
        writer.AddMetadata("content", Hash(state, history));
        writer.Add("scores", state.Scores, [gates]);
        writer.Add("firstMoment", state.FirstMoment, [gates]);
        writer.Add("secondMoment", state.SecondMoment, [gates]);
        writer.Add("history", history, [state.Steps, Columns]);
        if (state.Constants is { } own)
        {
            writer.Add("constants", own.Values, [constants]);
            writer.Add("constantsFirstMoment", own.FirstMoment, [constants]);
            writer.Add("constantsSecondMoment", own.SecondMoment, [constants]);
        }

        folder.MakeCheckpointFolder();
        AtomicFile.Write(_path, writer.WriteTo);
    }

    /// <summary>The last state kept, or <see langword="null"/> where the run ended before there was one.</summary>
    /// <exception cref="NodalException">The file is damaged, or of another configuration.</exception>
    public TrainingState? Read()
    {
        if (!File.Exists(_path))
        {
            return null;
        }

        AtomicFile.RemoveLeftovers(folder.Checkpoint);
        try
        {
            using var file = SafetensorsFile.Open(_path);
            return Read(file);
        }
        catch (NodalException fault)
        {
            Throw.Input(
                $"{_path} cannot be gone on from", found: fault.Finding, expected: "the checkpoint as this run has written it",
                remedy: $"Delete the folder {folder.Checkpoint} and resume again, then training begins anew", fault);
            return null;
        }
    }

    private TrainingState Read(SafetensorsFile file)
    {
        Expect(file, "schema", Schema, "was written by another version");
        Expect(file, "config", _config, "belongs to another config.json");
        var history = History(file);
        var state = new TrainingState(Values(file, "scores", gates), Values(file, "firstMoment", gates), Values(file, "secondMoment", gates), [.. history.Chunk(Columns).Select(Step)])
        {
            Constants = constants == 0 ? null
                : new ConstantState(Values(file, "constants", constants), Values(file, "constantsFirstMoment", constants), Values(file, "constantsSecondMoment", constants)),
        };
        Expect(file, "content", Hash(state, history), "is damaged");
        return state;
    }

    private static void Expect(SafetensorsFile file, string key, string expected, string otherwise)
    {
        var found = file.Metadata.GetValueOrDefault(key) as string;
        if (found != expected)
        {
            Throw.Input($"the file {otherwise}", found: $"{key} {found ?? "missing"}", expected: expected, remedy: "It cannot be used");
        }
    }

    private double[] History(SafetensorsFile file) =>
        Values(file, "history", entry => entry.Elements <= (long)steps * Columns && entry.Elements % Columns == 0, $"F64 [at most {steps}, {Columns}]");

    private static double[] Values(SafetensorsFile file, string name, int count) => Values(file, name, entry => entry.Elements == count, $"F64 [{count}]");

    private static double[] Values(SafetensorsFile file, string name, Func<TensorEntry, bool> fits, string expected)
    {
        if (!file.Entries.TryGetValue(name, out var entry) || entry.Type != TensorType.F64 || !fits(entry))
        {
            Throw.Input(
                $"the file has no {name} of this run", found: entry is null ? "none" : $"{entry.Type} [{string.Join(", ", entry.Shape)}]", expected: expected, remedy: "It cannot be used");
        }

        var values = new double[entry.Elements];
        file.ReadFloat64(name, values);
        return values;
    }

    private static string Hash(TrainingState state, double[] history)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        double[][] constants = state.Constants is { } own ? [own.Values, own.FirstMoment, own.SecondMoment] : [];
        foreach (var part in new[] { state.Scores, state.FirstMoment, state.SecondMoment, history }.Concat(constants))
        {
            hash.AppendData(MemoryMarshal.AsBytes<double>(part));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>A step as numbers; NaN stands for none.</summary>
    private static double[] Row(TrainingProgress step) => [step.Kl, step.Size, step.Temperature ?? double.NaN, step.Penalty ?? double.NaN, step.Elapsed.Ticks];

    private TrainingProgress Step(double[] row, int index)
    {
        double? Number(int column) => double.IsNaN(row[column]) ? null : row[column];
        return new TrainingProgress(index + 1, steps, row[0], row[1], Number(2), new TimeSpan((long)row[4])) { Penalty = Number(3) };
    }

    /// <summary>A step as <c>metrics.jsonl</c> has it, without what its method lacks.</summary>
    private static string Line(TrainingProgress step)
    {
        var line = new JsonObject { ["step"] = step.Step, ["kl"] = step.Kl, ["size"] = step.Size };
        foreach (var (name, value) in new[] { ("temperature", step.Temperature), ("penalty", step.Penalty) })
        {
            if (value is not null)
            {
                line[name] = value;
            }
        }

        line["seconds"] = step.Elapsed.TotalSeconds;
        return line.ToJsonString(NodalJson.Line) + "\n";
    }
}
