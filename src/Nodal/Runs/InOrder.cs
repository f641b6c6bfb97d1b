namespace Nodal.Runs;

/// <summary>Reports on the thread that works, in order, unlike <see cref="Progress{T}"/>.</summary>
internal sealed class InOrder<T>(Action<T> report) : IProgress<T>
{
    public void Report(T value) => report(value);
}
