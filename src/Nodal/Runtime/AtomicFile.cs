using System.Text;
using System.Text.RegularExpressions;

namespace Nodal.Runtime;

/// <summary>Writes files that are either whole or not there: to a temporary file beside, flushed to the disk, then renamed.</summary>
internal static partial class AtomicFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes the bytes; replaces a file that is there.</summary>
    /// <inheritdoc cref="Write"/>
    public static void WriteAllBytes(string path, ReadOnlyMemory<byte> content) => Write(path, stream => stream.Write(content.Span));

    /// <summary>Writes the text as UTF-8 without a byte-order mark; replaces a file that is there.</summary>
    /// <inheritdoc cref="Write"/>
    public static void WriteAllText(string path, string content) => WriteAllBytes(path, Utf8.GetBytes(content));

    /// <summary>Lets <paramref name="write"/> fill the file; when it throws, what was at <paramref name="path"/> stays as it was.</summary>
    /// <exception cref="NodalException">The folder is missing or read-only, the disk is full, or the path is a folder.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var temporary = TemporaryBeside(path);
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException { ParamName: "value" })
        {
            // .NET reports a file larger than the system allows (EFBIG, of ulimit -f) as an argument out of range.
            Throw.Input(
                $"{path} was not written", found: fault is ArgumentOutOfRangeException ? "a file larger than the system allows" : fault.Message.TrimEnd('.'), expected: "a folder that can be written to, on a disk with room",
                remedy: "Free some space, or choose another place", fault);
        }
        finally
        {
            Remove(temporary);
        }
    }

    /// <summary>Removes temporary files of writers that were killed; none may be at work in the folder.</summary>
    internal static void RemoveLeftovers(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, ".*.tmp").Where(file => Temporary().IsMatch(Path.GetFileName(file))))
        {
            Remove(file);
        }
    }

    private static string TemporaryBeside(string path)
    {
        var whole = Path.GetFullPath(path);
        return Path.Combine(Path.GetDirectoryName(whole) ?? whole, $".{Path.GetFileName(whole)}.{Guid.NewGuid():N}.tmp");
    }

    // The fault that led here matters more than a temporary file left behind.
    private static void Remove(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
        }
    }

    [GeneratedRegex(@"^\..+\.[0-9a-f]{32}\.tmp$")]
    private static partial Regex Temporary();
}
