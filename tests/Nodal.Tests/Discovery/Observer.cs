namespace Nodal.Tests.Discovery;

/// <summary>Hears of each step on the thread that takes it, before the next one.</summary>
internal sealed class Observer<T>(Action<T> heard) : IProgress<T>
{
    public void Report(T value) => heard(value);
}
