using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Help;
using System.Text.Json.Nodes;
using Nodal.Cli.CommandLine;
using Nodal.Runtime;

namespace Nodal.EndToEnd;

public sealed class ConfigurationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Options { get; } =
        [.. CommandTree.All["nodal discover"].Options.Concat(CommonOptions.All).Where(option => option is not HelpOption && option.Name is not ("--config" or "--resume")).Select(option => option.Name[2..])];

    [Theory]
    [MemberData(nameof(Options))]
    public void An_option_in_a_file_is_the_option_on_the_command_line(string name)
    {
        var option = CommandTree.All["nodal discover"].Options.Concat(CommonOptions.All).First(option => option.Name == $"--{name}");
        var words = Sample(option.ValueType);

        var file = Parse([$"{name}: {(words.Length == 1 ? words[0] : $"[{string.Join(", ", words)}]")}"]);

        // Options of one method alone are refused without it, here as there.
        var flags = CommandTree.Configured("discover", $"--{name}={string.Join(',', words)}");
        file.Errors.Select(error => error.Message).ShouldBe(flags.Errors.Select(error => error.Message));
        Value(file, name).ShouldBe(Value(flags, name));
        Value(file, name).ShouldBe(string.Join(',', words));
    }

    [Fact]
    public void An_option_of_the_command_line_goes_before_the_files()
    {
        var parsed = Parse(["keep: 0.1", "seed: 3", "json: true"], "--seed", "4");

        Value(parsed, "seed").ShouldBe("4");
        Value(parsed, "keep").ShouldBe("0.1");
        parsed.GetValue(CommonOptions.Json).ShouldBeTrue();
    }

    [Fact]
    public void An_option_of_the_command_line_goes_before_one_of_the_file_that_it_excludes()
    {
        var parsed = Parse(["keep: 0.1"], "--budget", "0.3");

        Value(parsed, "budget").ShouldBe("0.3");
        Value(parsed, "keep").ShouldBeNull();
    }

    [Fact]
    public void Comments_quotes_and_lists_over_lines_are_read()
    {
        var parsed = Parse(["# mine", "task: \"ioi\"   # a task", "sizes:", "  - 0.1", "  - 0.25"]);

        Value(parsed, "task").ShouldBe("ioi");
        Value(parsed, "sizes").ShouldBe("0.1,0.25");
    }

    [Fact]
    public void An_empty_file_changes_nothing() => Parse(["# nothing"]).Errors.ShouldBeEmpty();

    [Theory]
    [InlineData("keep: 0.1\nsise: 3", "run.yaml, line 2, names no option of nodal discover: found 'sise'; expected one of model, task,")]
    [InlineData("steps: 3\n\nsteps: 4", "run.yaml, line 3, holds steps for the second time: found the first one in line 1; expected each name once")]
    [InlineData("task: ioi\nsteps: many", "run.yaml, line 2, gives --steps what it cannot take: found 'many'; expected a whole number, such as 200")]
    [InlineData("ablation: none", "run.yaml, line 1, gives --ablation what it cannot take: found 'none'; expected one of counterfactual, mean, zero")]
    [InlineData("keep: [0.1, 0.2]", "run.yaml, line 1, gives --keep what it cannot take: found '0.1,0.2'; expected a number")]
    [InlineData("quiet: yes", "run.yaml, line 1, gives --quiet what it cannot take: found 'yes'; expected true or false")]
    [InlineData("steps:", "run.yaml, line 1, holds no value of steps: found nothing")]
    [InlineData("sizes: []", "run.yaml, line 1, holds no value of sizes: found an empty list")]
    [InlineData("sizes: [[0.1]]", "run.yaml, line 1, holds an item of sizes that is no value: found a list or a map")]
    [InlineData("model: &m a\ntask: *m", "run.yaml, line 2, holds no value of task: found an alias")]
    [InlineData("- keep", "run.yaml, line 1, holds no map of options: found a value of another kind")]
    [InlineData("just words", "run.yaml, line 1, holds no map of options")]
    [InlineData("keep: 0.1\n---\nkeep: 0.2", "holds a second document")]
    [InlineData("sizes: [0.1,", "run.yaml, line ")]
    [InlineData("keep: 0.1\n\tsteps: 3", "run.yaml, line 1, is no YAML: found While scanning a plain scalar, found a tab")]
    [InlineData("config: other.yaml", "names no option of nodal discover: found 'config'")]
    [InlineData("help: true", "names no option of nodal discover: found 'help'")]
    [InlineData("? [a, b]\n: c", "run.yaml, line 1, holds a key that is no name")]
    public void A_wrong_file_gets_a_sentence_with_file_and_line(string text, string expected)
    {
        var fault = Should.Throw<NodalException>(() => Parse(text.Split('\n')));

        fault.Message.ShouldContain(expected);
        fault.Kind.ShouldBe(FaultKind.Usage);
    }

    [Fact]
    public void A_wrong_file_ends_the_tool_with_exit_code_2_and_a_missing_one_with_1()
    {
        _folder.Write("run.yaml", "keep: much");

        NodalTool.RunIn(_folder.Path, "discover", "--config", "run.yaml").ShouldFail(2, "run.yaml, line 1, gives --keep what it cannot take");
        NodalTool.RunIn(_folder.Path, "discover", "--config", "nowhere.yaml").ShouldFail(1, "nowhere.yaml cannot be read");
        NodalTool.RunIn(_folder.Path, "discover", "--config", "run.yaml", "--help").Successful();
    }

    [Fact]
    public void File_and_flags_give_the_same_run()
    {
        _folder.Write("run.yaml", "task: gp", "pairs: 20", "steps: 3", "keep: 0.3", "sizes: [0.2, 0.5]", "seed: 9", "task-seed: 2", "ablation: mean", "threads: 1", "memory: 2GiB", "quiet: true");
        NodalTool.RunIn(_folder.Path, "discover", "--config", "run.yaml", "--seed", "4", "--out", "file").Successful();
        NodalTool.RunIn(
            _folder.Path, "discover", "--task", "gp", "--pairs", "20", "--steps", "3", "--keep", "0.3", "--sizes", "0.2,0.5", "--seed", "4", "--task-seed", "2", "--ablation", "mean", "--threads", "1",
            "--memory", "2GiB", "--quiet", "--out", "flags").Successful();

        File.ReadAllText(Path.Combine(_folder["file"], "config.json")).ShouldBe(File.ReadAllText(Path.Combine(_folder["flags"], "config.json")));
        RunBits.ShouldBeSame(_folder["file"], _folder["flags"]);
        var options = JsonNode.Parse(File.ReadAllText(Path.Combine(_folder["file"], "config.json")))!["options"]!;
        (options["ranking"]!["seed"]!.GetValue<int>(), options["task"]!["seed"]!.GetValue<int>()).ShouldBe((4, 2));
    }

    public void Dispose() => _folder.Dispose();

    private ParseResult Parse(string[] lines, params string[] flags) => CommandTree.Configured(["discover", "--config", _folder.Write("run.yaml", lines), .. flags]);

    private static string? Value(ParseResult parsed, string name)
    {
        var option = parsed.CommandResult.Command.Options.Concat(CommonOptions.All).First(option => option.Name == $"--{name}");
        return parsed.GetResult(option) is { Implicit: false } result ? string.Join(' ', result.Tokens.Select(token => token.Value)) : null;
    }

    /// <summary>Words that an option of a type takes.</summary>
    private static string[] Sample(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain.IsGenericType && plain.GetGenericTypeDefinition() == typeof(ImmutableArray<>) ? [.. Sample(plain.GenericTypeArguments[0]), .. Sample(plain.GenericTypeArguments[0])]
            : plain.IsEnum ? [Enum.GetNames(plain)[^1].ToLowerInvariant()]
            : plain == typeof(bool) ? ["true"]
            : plain == typeof(int) ? ["3"]
            : plain == typeof(long) ? ["2GiB"]
            : plain == typeof(double) || plain == typeof(PaperSettings.MarginSetting) ? ["0.25"]
            : ["some/name"];
    }
}
