namespace Nodal.Benchmarks;

/// <summary>The published form as the tables have it.</summary>
internal static class PublishedForms
{
    /// <summary>Padded to the longest prompt of the batch, which is nothing where all have one length. Every ratio is against this one.</summary>
    public static Engine TrueLength { get; } =
        new("published, true length", workload => new PublishedForm(workload.Model, workload.Pairs, workload.Threads));

    /// <summary>Padded to a fixed number of tokens, as released.</summary>
    public static Engine Padded(int padTo) =>
        new($"published, padded to {padTo}", workload => new PublishedForm(workload.Model, workload.Pairs, workload.Threads, padTo));
}
