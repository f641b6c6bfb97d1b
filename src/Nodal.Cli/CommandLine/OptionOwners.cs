using System.CommandLine;
using System.CommandLine.Parsing;
using Nodal.Discovery;
using Nodal.Evaluation.Evidence;
using Nodal.Patching;
using Nodal.Runtime;

namespace Nodal.Cli.CommandLine;

/// <summary>Which options belong to which methods, ablations and parts of the evidence, or to another option: beside others, or alone, they would change nothing.</summary>
internal static class OptionOwners
{
    private static readonly DiscoveryMethod[] Trained = [DiscoveryMethod.Ranking, DiscoveryMethod.Paper, DiscoveryMethod.Mattr, DiscoveryMethod.SubnetworkProbing];
    private static readonly DiscoveryMethod[] Stepwise = [DiscoveryMethod.IntegratedGradients, DiscoveryMethod.UniformGradientSampling];
    private static readonly DiscoveryMethod[] OneGradient = [DiscoveryMethod.AttributionPatching, DiscoveryMethod.Relp];

    private static readonly (string[] Options, DiscoveryMethod[] Owners)[] OfMethods =
    [
        (PaperSettings.OwnNames, [DiscoveryMethod.Paper]),
        (["--lambda"], [DiscoveryMethod.Paper, DiscoveryMethod.SubnetworkProbing]),
        (["--margin"], [DiscoveryMethod.Paper, DiscoveryMethod.Ranking, DiscoveryMethod.Mattr]),
        (["--minimum-size"], [DiscoveryMethod.Ranking, DiscoveryMethod.Mattr]),
        (["--rate", "--constant-rate", "--checkpoint"], Trained),
        (["--seeds"], [.. Trained, DiscoveryMethod.Random, DiscoveryMethod.UniformGradientSampling]),
        (["--steps"], [.. Trained, .. Stepwise]),
        (["--batch"], [.. Trained, .. Stepwise, .. OneGradient]),
        (["--metric"], [.. Stepwise, .. OneGradient, DiscoveryMethod.ActivationPatching, DiscoveryMethod.Hisp, DiscoveryMethod.Acdc]),
    ];

    private static readonly (string[] Options, AblationKind[] Owners)[] OfAblations =
    [
        (["--mean-positions"], [AblationKind.Mean, AblationKind.Learned]),
        (["--constant-rate"], [AblationKind.Learned]),
    ];

    private static readonly (string[] Options, EvidencePart[] Owners)[] OfEvidence =
    [
        (["--random-circuits"], [EvidencePart.Hypotheses, EvidencePart.Controls]),
        (["--control-steps"], [EvidencePart.Controls, EvidencePart.Robustness, EvidencePart.Stability]),
    ];

    /// <summary>Whether an option can change what a method finds.</summary>
    public static bool Takes(DiscoveryMethod method, string option) => OfMethods.All(row => !row.Options.Contains(option) || row.Owners.Contains(method));

    /// <summary>Refuses options that none of the methods knows which another option names.</summary>
    public static void RefuseOthers(CommandResult given, Option owner, DiscoveryMethod[] named) => Refuse(given, OfMethods, owner, "method", named);

    /// <summary>Refuses options of other ablations.</summary>
    public static void RefuseOthers(CommandResult given, Option owner, AblationKind[] named) => Refuse(given, OfAblations, owner, "ablation", named);

    /// <summary>Refuses options of other parts of the evidence; where none is named, all are made.</summary>
    public static void RefuseOthers(CommandResult given, Option owner, EvidencePart[] named) => Refuse(given, OfEvidence, owner, "part", named);

    /// <summary>Refuses options that say nothing without another.</summary>
    /// <param name="given">What was given.</param>
    /// <param name="owner">The other.</param>
    /// <param name="options">Which.</param>
    /// <param name="instead">Of what it would have to be given, where the two do not go together.</param>
    public static void RefuseAlone(CommandResult given, Option owner, Option[] options, string instead = "")
    {
        if (!given.Gives(owner))
        {
            RefuseGiven(given, [.. options.Select(option => option.Name)], owner.Name, found: $"no {owner.Name}", remedy: $"give {owner.Name}{instead}");
        }
    }

    private static void Refuse<T>(CommandResult given, (string[] Options, T[] Owners)[] table, Option owner, string kind, T[] named)
        where T : struct, Enum
    {
        foreach (var (options, owners) in table.Where(row => named.Length > 0 && !row.Owners.Intersect(named).Any()))
        {
            RefuseGiven(
                given, options, $"{owner.Name} {string.Join(" or ", owners.Select(Words.Of))}", found: $"{kind} {string.Join(", ", named.Select(Words.Of))}", remedy: $"name another {kind}");
        }
    }

    private static void RefuseGiven(CommandResult given, string[] options, string owner, string found, string remedy)
    {
        var theirs = given.Given().Where(option => options.Contains(option.Name)).Select(option => option.Name).ToArray();
        if (theirs.Length > 0)
        {
            var (belong, them) = theirs.Length == 1 ? ("belongs", "it") : ("belong", "them");
            given.AddError($"{string.Join(", ", theirs)} {belong} to {owner}: found {found}. Leave {them} out, or {remedy}.");
        }
    }
}
