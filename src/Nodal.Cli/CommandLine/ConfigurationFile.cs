using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Nodal.Runtime;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Nodal.Cli.CommandLine;

/// <summary>Reads a configuration file: YAML, a map of options by their long names, values as on the command line.</summary>
/// <remarks>
/// A list is an option's values separated by commas. A map gives an option once for each of its keys, <c>KEY=VALUE</c>; a list in it is separated, and ended, by semicolons.
/// Read event by event: nothing is built that a hostile file could make grow.
/// </remarks>
internal sealed class ConfigurationFile
{
    private readonly string _path;
    private readonly Parser _events;

    private ConfigurationFile(string path, TextReader text) => (_path, _events) = (path, new Parser(text));

    /// <summary>The options in the order of the file.</summary>
    /// <exception cref="NodalException">The file cannot be read, or is no such map.</exception>
    public static ImmutableArray<ConfigurationEntry> Read(string path)
    {
        try
        {
            using var text = new StreamReader(path);
            return new ConfigurationFile(path, text).Options();
        }
        catch (YamlException fault)
        {
            Throw.Usage(
                $"{path}, line {fault.Start.Line}, is no YAML", found: fault.Message.Trim().TrimEnd('.'), expected: "options by name, a line each, such as keep: 0.1",
                remedy: "Correct the line", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Throw.Input($"{path} cannot be read", found: fault.Message.TrimEnd('.'), expected: "a configuration file", remedy: "Check the path and its permissions", fault);
        }

        return [];
    }

    private ImmutableArray<ConfigurationEntry> Options()
    {
        _events.Consume<StreamStart>();
        if (_events.Accept<StreamEnd>(out _))
        {
            return [];
        }

        _events.Consume<DocumentStart>();
        if (!_events.TryConsume<MappingStart>(out _))
        {
            Refuse(_events.Current!, "no map of options", "a value of another kind", "options by name, a line each, such as keep: 0.1");
        }

        var entries = ImmutableArray.CreateBuilder<ConfigurationEntry>();
        foreach (var key in Keys())
        {
            entries.Add(new ConfigurationEntry(key.Value, Values(key), (int)key.Start.Line));
        }

        _events.Consume<DocumentEnd>();
        if (!_events.Accept<StreamEnd>(out _))
        {
            Refuse(_events.Current!, "a second document", "'---'", "one map of options");
        }

        return entries.ToImmutable();
    }

    /// <summary>The keys of a map that has begun; whoever asks reads each key's value before the next key.</summary>
    private IEnumerable<Scalar> Keys()
    {
        var lines = new Dictionary<string, long>();
        while (!_events.TryConsume<MappingEnd>(out _))
        {
            var key = Text("a key that is no name");
            if (!lines.TryAdd(key.Value, key.Start.Line))
            {
                Refuse(key, $"{key.Value} for the second time", $"the first one in line {lines[key.Value]}", "each name once");
            }

            yield return key;
        }
    }

    private ImmutableArray<string> Values(Scalar key)
    {
        if (!_events.TryConsume<MappingStart>(out _))
        {
            return [Value(key, ",", "")];
        }

        var values = ImmutableArray.CreateBuilder<string>();
        foreach (var inner in Keys())
        {
            values.Add($"{inner.Value}={Value(inner, ";", ";")}");
        }

        return values.Count > 0 ? values.ToImmutable() : Refuse(key, $"no value of {key.Value}", "an empty map", "at least one entry");
    }

    /// <summary>A value, or a list as one text.</summary>
    private string Value(Scalar key, string separator, string end)
    {
        if (!_events.TryConsume<SequenceStart>(out _))
        {
            return Text($"no value of {key.Value}").Value;
        }

        var items = new List<string>();
        while (!_events.TryConsume<SequenceEnd>(out _))
        {
            items.Add(Text($"an item of {key.Value} that is no value").Value);
        }

        return items.Count > 0 ? string.Join(separator, items) + end : Refuse(key, $"no value of {key.Value}", "an empty list", "at least one item").Single();
    }

    private Scalar Text(string fault)
    {
        if (!_events.TryConsume<Scalar>(out var text))
        {
            Refuse(_events.Current!, fault, _events.Current is AnchorAlias ? "an alias" : "a list or a map", "text or a number, written out");
        }

        if (text!.Value.Length == 0)
        {
            Refuse(text, fault, "nothing", "text or a number");
        }

        return text;
    }

    [DoesNotReturn]
    private ImmutableArray<string> Refuse(ParsingEvent place, string what, string found, string expected)
    {
        Throw.Usage($"{_path}, line {place.Start.Line}, holds {what}", found, expected, "Correct the line");
        return [];
    }
}
