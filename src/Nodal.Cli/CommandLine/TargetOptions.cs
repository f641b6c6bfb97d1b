using System.CommandLine;
using Nodal.Models;
using Nodal.Runs;
using Nodal.Tasks;

namespace Nodal.Cli.CommandLine;

/// <summary>Models, tasks and circuits as they are named on the command line.</summary>
internal static class TargetOptions
{
    private static readonly string ModelForms = $"{string.Join(" or ", EmbeddedModel.Compiled)} (compiled transformers that come along), the path of a GGUF or safetensors file or folder, or the id of a downloaded model";

    private static readonly string TaskForms = $"{string.Join(", ", PromptTasks.All.Select(task => task.Name))}, {TaskRequest.EveryInput} (of a compiled transformer), or the path of a pairs file";

    public static Option<string?> Model(string fallback) => new("--model", "-m") { Description = $"Model: {ModelForms}; {fallback}", HelpName = "MODEL" };

    public static Option<string?> Task(string fallback) =>
        new("--task", "-t") { Description = $"Task: {TaskForms}; {fallback}", HelpName = "TASK" };

    public static Argument<string> TaskArgument() => new("TASK") { Description = $"Task: {TaskForms}" };

    /// <summary>A pairs file by its whole path, so that a run can be read again from any folder; a task's name as it is.</summary>
    public static string? Anywhere(string? task) => File.Exists(task) && PromptTasks.Find(task) is null ? Path.GetFullPath(task) : task;

    public static Argument<string> ModelArgument() => new("MODEL")
    {
        Description = $"Model: {EmbeddedModel.Id}, {ModelForms}",
        DefaultValueFactory = _ => EmbeddedModel.Id,
    };

    public static Argument<string> Run() => new("RUN") { Description = "A folder that nodal discover has written" };

    public static Argument<string> RunOrCircuit() => new("RUN|CIRCUIT") { Description = "A run folder, or a circuit file" };
}
