using Nodal.Models;
using Nodal.Runtime;
using Nodal.Tasks;

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

    /// <summary>SHA-256 of the token ids of all pairs; <see langword="null"/> in runs of versions that could not resume.</summary>
    public string? PairsHash { get; init; }

    /// <summary>How the nodes were ranked.</summary>
    public string Method => Words.Of(Options.Method);

    /// <summary>Where the run's model is read from again.</summary>
    internal string ModelReference => EmbeddedModel.Named(Options.Model) ?? ModelPath;

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

    /// <summary>Loads the run's model and sees that it is still the same.</summary>
    /// <exception cref="NodalException">The model is gone or has changed.</exception>
    internal LoadedModel LoadModel()
    {
        var reference = ModelReference;
        var model = ModelLoader.Load(reference);
        if (model.Hash != ModelHash)
        {
            model.Dispose();
            Throw.Input(
                "the model of the run has changed since", found: $"SHA-256 {model.Hash} at {reference}", expected: ModelHash,
                remedy: "Put the old files back, or run nodal discover again");
        }

        return model with { Reference = Options.Model };
    }

    /// <summary>Loads the run's pairs and sees that they are still the same.</summary>
    /// <exception cref="NodalException">A pairs file is gone or has changed.</exception>
    internal TaskData LoadTask(LoadedModel model)
    {
        var task = Options.Task.Load(model);
        var hash = TaskHash.Of(task);
        if (PairsHash is not null && hash != PairsHash)
        {
            Throw.Input(
                "the pairs of the run have changed since", found: $"pairs of {Options.Task.Task} with SHA-256 {hash}", expected: PairsHash,
                remedy: "Put the old files back, run nodal discover again, or give nodal evaluate the pairs with --task");
        }

        return task;
    }
}
