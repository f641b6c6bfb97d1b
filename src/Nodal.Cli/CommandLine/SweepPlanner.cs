using System.Collections.Immutable;
using Nodal.Discovery;
using Nodal.Runs;
using Nodal.Runtime;

namespace Nodal.Cli.CommandLine;

/// <summary>Makes the runs of a sweep as <c>nodal discover</c> would: each from the words of its own command line.</summary>
/// <remarks>So whatever option a run has can be swept over, and is checked, as the command line's own.</remarks>
internal sealed class SweepPlanner
{
    private readonly Invocation _call;
    private readonly DiscoverSettings _settings = new();
    private readonly ToolCommand _single = new("run", "One run of a sweep.");

    /// <param name="call">The sweep's command line.</param>
    public SweepPlanner(Invocation call)
    {
        _call = call;
        _settings.AddCheckedTo(_single);
    }

    /// <summary>The product of the values, the last key changing fastest.</summary>
    /// <param name="over">What is swept over.</param>
    /// <exception cref="NodalException">A key is no option of a run, is given twice, or a run cannot be as asked for.</exception>
    public SweepPlan Plan(IReadOnlyList<SweptValues> over)
    {
        ImmutableArray<string> shared = [.. _single.Options.SelectMany(option => Words(option.Name))];
        foreach (var key in over.Select(swept => swept.Key))
        {
            Check(key, over);
        }

        IEnumerable<ImmutableArray<string>> product = [[]];
        foreach (var swept in over)
        {
            product = product.SelectMany(before => swept.Values.Select(value => before.Add(value)));
        }

        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return new SweepPlan(shared, [.. over.Select(swept => swept.Key)], [.. product.Select(values => Point(shared, over, values, names))]);
    }

    private void Check(string key, IReadOnlyList<SweptValues> over)
    {
        if (_single.Options.All(option => option.Name != $"--{key}"))
        {
            Throw.Usage(
                "--over names no option of a run", found: $"'{key}'", expected: $"one of {string.Join(", ", _single.Options.Select(option => option.Name[2..]))}", remedy: "Correct the name");
        }

        if (over.Count(swept => swept.Key == key) > 1 || Words($"--{key}").Any())
        {
            Throw.Usage($"{key} is given twice", found: $"--over {key}= and {(Words($"--{key}").FirstOrDefault() ?? "the same again")}", expected: "one of them", remedy: "Leave one out");
        }
    }

    private SweepPoint Point(ImmutableArray<string> shared, IReadOnlyList<SweptValues> over, ImmutableArray<string> values, HashSet<string> names)
    {
        var own = shared.Where(word => Applies(word.Split('=')[0], over, values));
        var parsed = Tool.Parse(_single, [.. own, .. over.Zip(values, (swept, value) => $"--{swept.Key}={value}")]);
        var name = string.Join('_', over.Zip(values, (swept, value) => $"{swept.Key}-{Plain(value)}"));
        if (parsed.Errors.Count > 0)
        {
            Throw.Usage($"the run {name} cannot be made", found: parsed.Errors[0].Message.TrimEnd('.'), expected: "values that nodal discover takes", remedy: "Correct --over");
        }

        var options = _settings.Read(new Invocation(parsed, _call.Terminal, _call.Cancellation));
        options.Validate();
        var unique = name;
        for (var number = 2; !names.Add(unique); number++)
        {
            unique = $"{name}-{number}";
        }

        return new SweepPoint(unique, values, options);
    }

    /// <summary>Whether a shared option is given to the run of some values. Over methods, it goes to those that know it; one that none of them knows goes to all, which refuse it.</summary>
    private static bool Applies(string option, IReadOnlyList<SweptValues> over, ImmutableArray<string> values)
    {
        bool Knows(string method) => WordOption.Parse<DiscoveryMethod>(method) is not { } known || OptionOwners.Takes(known, option);
        return over.Zip(values).Where(swept => swept.First.Key == "method").All(swept => Knows(swept.Second) || !swept.First.Values.Any(Knows));
    }

    /// <summary>An option as the sweep's command line gives it.</summary>
    private IEnumerable<string> Words(string option) =>
        _call.Parsed.CommandResult.Given().Where(own => own.Name == option)
            .SelectMany(own => _call.Parsed.GetResult(own)!.Tokens.Select(token => $"{option}={token.Value}").DefaultIfEmpty(option));

    /// <summary>A value as part of a folder's name.</summary>
    private static string Plain(string value) =>
        string.Concat(Path.GetFileName(Path.TrimEndingDirectorySeparator(value)).Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' ? letter : '+'));
}
