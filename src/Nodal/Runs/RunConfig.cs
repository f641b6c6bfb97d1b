using Nodal.Runtime;

namespace Nodal.Runs;

/// <summary><c>config.json</c>: everything resolved, so that the run can be repeated and read again.</summary>
public sealed record RunConfig
{
    /// <summary>Schema written now.</summary>
    public const string CurrentSchema = "nodal-run/1";

    /// <summary>Schema of the file.</summary>
    public string Schema { get; init; } = CurrentSchema;

    /// <summary>The options with every default filled in.</summary>
    public required DiscoverOptions Options { get; init; }

    /// <summary>File or folder the model was read from.</summary>
    public required string ModelPath { get; init; }

    /// <summary>SHA-256 of the weight files.</summary>
    public required string ModelHash { get; init; }

    /// <summary>How the nodes were ranked.</summary>
    public string Method { get; init; } = "ranking";

    /// <summary>Refuses a file of another schema.</summary>
    /// <exception cref="NodalException">The schema is another.</exception>
    public RunConfig Checked(string path)
    {
        if (Schema != CurrentSchema)
        {
            Throw.Input($"{path} is of another schema", found: $"'{Schema}'", expected: $"'{CurrentSchema}'", remedy: "Run nodal discover again");
        }

        return this;
    }
}
