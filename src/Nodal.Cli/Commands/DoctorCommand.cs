using System.CommandLine;
using Nodal.Cli.CommandLine;
using Nodal.Cli.Output;
using Nodal.Runtime;
using Spectre.Console;

namespace Nodal.Cli.Commands;

/// <summary><c>nodal doctor</c>: is this machine fit for Nodal.</summary>
internal static class DoctorCommand
{
    public static Command Create(CommandRunner runner)
    {
        var command = new ToolCommand(
            "doctor", "Says what Nodal runs on and whether it works: libtorch, processor, threads, memory, a matrix product, the embedded models.",
            "nodal doctor", "nodal doctor --json");
        runner.SetAction(command, Run);
        return command;
    }

    private static int Run(Invocation call)
    {
        var report = DoctorReport.OfThisMachine();
        return call.Finish(report, console => Write(console, report), report.Healthy);
    }

    private static void Write(IAnsiConsole console, DoctorReport report)
    {
        var processor = report.Processor;
        var features = new[] { ("AVX2", processor.Avx2), ("AVX-512", processor.Avx512), ("AVX-512 BF16", processor.Avx512Bf16), ("AMX BF16", processor.AmxBf16) };
        console.Facts(
        [
            ("Nodal", report.Commit is null ? report.Nodal : $"{report.Nodal}, commit {report.Commit}"),
            ("runtime", $"{report.Runtime}, {report.System}"),
            ("libtorch", Words(report)),
            ("TorchSharp", report.TorchSharp),
            ("processor", $"{processor.Name}, {Figures.Count(processor.Cores, "core")}"),
            ("features", string.Join(", ", features.Where(feature => feature.Item2).Select(feature => feature.Item1).DefaultIfEmpty("none that matter"))),
            ("threads", report.Threads?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "unknown"),
            ("memory", $"{ByteSize.Format(report.AvailableBytes)} available of {ByteSize.Format(report.TotalBytes)}"),
            ("matrix product", report.MatrixProduct switch { true => "right", false => "WRONG", null => "not tried" }),
            ("embedded models", report.EmbeddedModel ? "present" : "MISSING: install the tool again"),
        ]);
        console.Line(report.Healthy ? "All is well." : "Something is wrong: see the lines above.");
    }

    private static string Words(DoctorReport report) => report.Libtorch.Load switch
    {
        NativeLoad.Normal => $"loaded from {report.Libtorch.Library}",
        NativeLoad.AdaptedCopy => $"loaded from an adapted copy{(report.Libtorch.Library is { } path ? $" at {path}" : "")}: {report.Libtorch.Reason}",
        _ => $"DOES NOT LOAD: {report.Libtorch.Reason}",
    };
}
