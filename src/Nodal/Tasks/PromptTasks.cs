using System.Collections.Immutable;

namespace Nodal.Tasks;

/// <summary>The tasks Nodal makes pairs for.</summary>
public static class PromptTasks
{
    /// <summary>All of them, in the order in which they are listed.</summary>
    public static ImmutableArray<PromptTask> All { get; } = [new IoiTask(), new GenderedPronounTask(), new GreaterThanTask(), new DocstringTask()];

    /// <summary>The task of that name (<c>ioi</c>, <c>gp</c>, <c>gt</c>, <c>docstring</c>; case matters), or <see langword="null"/>.</summary>
    public static PromptTask? Find(string name) => All.FirstOrDefault(task => task.Name == name);
}
