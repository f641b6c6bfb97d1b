using System.Globalization;
using Nodal.Discovery;
using Nodal.Evaluation.Evidence;
using Nodal.Runs;
using Spectre.Console;

namespace Nodal.Cli.Output;

/// <summary>News of a run on stderr: a line that is rewritten in a terminal, a plain line every five seconds in a file.</summary>
internal sealed class ProgressLines(IAnsiConsole console, TimeProvider time, bool everyStep) : IProgress<RunProgress>, IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly bool _live = console.Profile.Capabilities.Ansi && !everyStep;
    private SmoothedMean _kl = new();
    private long? _lastLine;
    private bool _lineOpen;

    public void Report(RunProgress value)
    {
        if (value.Step is { } step)
        {
            _kl.Add(step.Kl);
            Rewrite(Words(step, value.Note), last: step.Step == step.Steps);
        }
        else if (value.Round is { } round)
        {
            Rewrite(Words(round), last: false);
        }
        else if (value.Evidence is { } evidence)
        {
            Rewrite(Words(evidence), last: false);
        }
        else if (value.Scoring is { } part)
        {
            Rewrite($"scoring nodes, {Figures.Count(part.Done)}/{Figures.Count(part.Of)}", last: part.Done == part.Of);
        }
        else
        {
            if (value.Phase == RunPhase.NextRun)
            {
                (_kl, _lastLine) = (new SmoothedMean(), null);
            }

            Dispose();
            console.Line(Words(value));
        }
    }

    /// <summary>Ends a line that was being rewritten.</summary>
    public void Dispose()
    {
        if (_lineOpen)
        {
            console.WriteLine();
            _lineOpen = false;
        }
    }

    private void Rewrite(string words, bool last)
    {
        if (_live)
        {
            console.Write(new ControlCode("\r\x1b[2K"));
            console.Write(new Text(words.Length < console.Profile.Width ? words : words[..Math.Max(0, console.Profile.Width - 1)]));
            _lineOpen = true;
        }
        else if (everyStep || last || _lastLine is not { } before || time.GetElapsedTime(before) >= Pause)
        {
            _lastLine = time.GetTimestamp();
            console.Line(words);
        }
    }

    private string Words(TrainingProgress step, string note) => string.Create(CultureInfo.InvariantCulture,
        $"step {step.Step}/{step.Steps}   KL {_kl.Value:0.000}   {Size(step)}   {Figures.Time(step.Remaining)} left{(note.Length > 0 ? $"   ({note})" : "")}");

    private static string Size(TrainingProgress step) => step.Penalty is { } penalty
        ? string.Create(CultureInfo.InvariantCulture, $"expected size {step.Size:0.000}   penalty {penalty:0.000}")
        : string.Create(CultureInfo.InvariantCulture, $"sampled size {step.Size:0.000}");

    private static string Words(RefinementProgress round) => string.Create(CultureInfo.InvariantCulture,
        $"refining, run {round.Runs}/{round.Of}   KL {round.Kl:0.000}   {Figures.Count(round.Parameters)} parameters");

    private static string Words(EvidenceProgress news) => string.Create(CultureInfo.InvariantCulture,
        $"evidence, {Runtime.Words.Of(news.Part)}: run {news.Runs}/{news.Of}");

    private static string Words(RunProgress news) => news.Phase switch
    {
        RunPhase.LoadingModel => $"loading the model {news.Note}",
        RunPhase.MakingTask => $"making the pairs of {news.Note}",
        RunPhase.Resuming => $"resuming: {news.Note}",
        RunPhase.NextRun => news.Note,
        RunPhase.PreparingPairs => $"preparing {news.Note}",
        RunPhase.Scoring => $"scoring nodes by {news.Note}",
        RunPhase.Selecting => $"selecting the circuit: {news.Note}",
        RunPhase.Refining => $"refining the circuit, {news.Note}",
        RunPhase.Evaluating => $"measuring on {news.Note}",
        _ => $"writing {news.Note}",
    };
}
