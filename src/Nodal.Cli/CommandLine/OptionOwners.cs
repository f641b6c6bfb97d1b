using System.CommandLine.Parsing;
using Nodal.Discovery;
using Nodal.Patching;
using Nodal.Runtime;

namespace Nodal.Cli.CommandLine;

/// <summary>Which options belong to which methods and ablations: with another they would change nothing.</summary>
internal static class OptionOwners
{
    private static readonly DiscoveryMethod[] Trained = [DiscoveryMethod.Ranking, DiscoveryMethod.Paper, DiscoveryMethod.Mattr, DiscoveryMethod.SubnetworkProbing];
    private static readonly DiscoveryMethod[] Stepwise = [DiscoveryMethod.IntegratedGradients, DiscoveryMethod.UniformGradientSampling];
    private static readonly DiscoveryMethod[] OneGradient = [DiscoveryMethod.AttributionPatching, DiscoveryMethod.Relp];

    private static readonly (string[] Options, DiscoveryMethod[] Methods)[] Table =
    [
        (PaperSettings.OwnNames, [DiscoveryMethod.Paper]),
        (["--lambda"], [DiscoveryMethod.Paper, DiscoveryMethod.SubnetworkProbing]),
        (["--margin"], [DiscoveryMethod.Paper, DiscoveryMethod.Ranking, DiscoveryMethod.Mattr]),
        (["--minimum-size"], [DiscoveryMethod.Ranking, DiscoveryMethod.Mattr]),
        (["--rate", "--constant-rate"], Trained),
        (["--steps"], [.. Trained, .. Stepwise]),
        (["--batch"], [.. Trained, .. Stepwise, .. OneGradient]),
        (["--metric"], [.. Stepwise, .. OneGradient, DiscoveryMethod.ActivationPatching, DiscoveryMethod.Hisp, DiscoveryMethod.Acdc]),
    ];

    private static readonly (string Option, AblationKind[] Ablations)[] OfAblations =
    [
        ("--mean-positions", [AblationKind.Mean, AblationKind.Learned]),
        ("--constant-rate", [AblationKind.Learned]),
    ];

    /// <summary>Whether an option can change what a method finds.</summary>
    public static bool Takes(DiscoveryMethod method, string option) => Table.All(row => !row.Options.Contains(option) || row.Methods.Contains(method));

    /// <summary>Refuses options of other methods.</summary>
    public static void RefuseOthers(CommandResult given, DiscoveryMethod method)
    {
        foreach (var (options, methods) in Table.Where(row => !row.Methods.Contains(method)))
        {
            Refuse(given, options, "method", methods, method);
        }
    }

    /// <summary>Refuses options of other ablations.</summary>
    public static void RefuseOthers(CommandResult given, AblationKind ablation)
    {
        foreach (var (option, ablations) in OfAblations.Where(row => !row.Ablations.Contains(ablation)))
        {
            Refuse(given, [option], "ablation", ablations, ablation);
        }
    }

    private static void Refuse<T>(CommandResult given, string[] options, string kind, T[] theirs, T found)
        where T : struct, Enum
    {
        var named = given.Given().Where(option => options.Contains(option.Name)).Select(option => option.Name).ToArray();
        if (named.Length > 0)
        {
            var words = string.Join(" or ", theirs.Select(Words.Of));
            given.AddError($"{string.Join(", ", named)} belongs to --{kind} {words}: found {kind} {Words.Of(found)}. Leave it out, or name another {kind}.");
        }
    }
}
