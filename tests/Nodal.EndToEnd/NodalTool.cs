using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Nodal.EndToEnd;

/// <summary>Runs the built tool as a user does: a process of its own, its output in pipes.</summary>
internal static partial class NodalTool
{
    private const int InterruptSignal = 2;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static ToolOutput Run(params string[] arguments) => RunIn(Environment.CurrentDirectory, arguments);

    public static ToolOutput RunIn(string folder, params string[] arguments) => Wait(Start(folder, "dotnet", [Program, .. arguments]), _ => { });

    /// <summary>Runs the benchmarks' program.</summary>
    public static ToolOutput RunBenchmarks(params string[] arguments) =>
        Wait(Start(Environment.CurrentDirectory, "dotnet", [Path.Combine(AppContext.BaseDirectory, "Nodal.Benchmarks.dll"), .. arguments]), _ => { });

    /// <summary>Runs the tool with a disk of 16 KiB at a folder, then copies what is left there to another; skips the test where the system forbids such disks.</summary>
    public static ToolOutput RunOnSmallDisk(string disk, string copy, params string[] arguments)
    {
        const string script = """disk=$0; copy=$1; shift; mount -t tmpfs -o size=16k tmpfs "$disk" || exit 99; "$@"; code=$?; cp -a "$disk" "$copy"; exit $code""";
        if (!File.Exists("/usr/bin/unshare"))
        {
            Assert.Skip("skipped: a small disk needs unshare of Linux");
        }

        var output = Wait(Start(disk, "unshare", ["--map-root-user", "--mount", "bash", "-c", script, disk, copy, "dotnet", Program, .. arguments]), _ => { });
        if (output.ExitCode is 99 or 1 && !output.Error.Contains("nodal: ", StringComparison.Ordinal))
        {
            Assert.Skip($"skipped: this system lets no user mount a small disk ({output.Error.Trim()})");
        }

        return output;
    }

    /// <summary>Runs the tool where no file may be larger than some KiB; skips the test where there is no such limit.</summary>
    public static ToolOutput RunWithFilesUpTo(int kibibytes, string folder, params string[] arguments)
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("skipped: a limit of file size needs Linux");
        }

        // .NET keeps its own code in a file larger than the limit unless told not to.
        return Wait(Start(folder, "bash", ["-c", "ulimit -f $0; export DOTNET_EnableWriteXorExecute=0; exec \"$@\"", $"{kibibytes}", "dotnet", Program, .. arguments]), _ => { });
    }

    /// <summary>Lets the system end the tool (SIGKILL) after some time, unless it has ended by itself.</summary>
    /// <returns>Its output, and whether it was killed.</returns>
    public static (ToolOutput Output, bool Killed) KillAfter(TimeSpan time, string folder, params string[] arguments)
    {
        var process = Start(folder, "dotnet", [Program, .. arguments]);
        var killed = !process.WaitForExit(time);
        if (killed)
        {
            process.Kill();
        }

        return (Wait(process, _ => { }), killed);
    }

    /// <summary>Does something as soon as a line of stderr contains a text, then presses Ctrl+C.</summary>
    public static ToolOutput InterruptAt(string text, string folder, Action before, params string[] arguments)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("skipped: Windows has no signal to send");
        }

        var process = Start(folder, "dotnet", [Program, .. arguments]);
        var pressed = false;
        return Wait(process, line =>
        {
            if (!pressed && line.Contains(text, StringComparison.Ordinal))
            {
                pressed = true;
                before();
                SendSignal(process.Id, InterruptSignal).ShouldBe(0);
            }
        });
    }

    private static string Program => Path.Combine(AppContext.BaseDirectory, "Nodal.Cli.dll");

    private static Process Start(string folder, string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };

        // OpenMP's waiting threads take the cores from everything else that runs at the same time.
        start.Environment["OMP_NUM_THREADS"] = "1";
        return Process.Start(start)!;
    }

    private static ToolOutput Wait(Process process, Action<string> onError)
    {
        using (process)
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var error = ReadLines(process.StandardError, onError);
            if (!process.WaitForExit(Patience))
            {
                process.Kill(entireProcessTree: true);
                throw new TimeoutException($"the tool did not end within {Patience}");
            }

            return new ToolOutput(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
        }
    }

    private static async Task<string> ReadLines(StreamReader reader, Action<string> onLine)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync() is { } line)
        {
            text.Append(line).Append('\n');
            onLine(line);
        }

        return text.ToString();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}
