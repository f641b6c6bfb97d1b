using System.Security.Cryptography;

namespace Nodal.Runtime;

/// <summary>Says by content which files something was made from.</summary>
internal static class FileHash
{
    /// <summary>SHA-256 in lower-case hexadecimal: of one file, what <c>sha256sum</c> prints; of several, the hash of their hashes (as bytes) in the given order.</summary>
    /// <param name="files">At least one path; names do not count, only contents and order.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="NodalException">A file cannot be read, or there is none.</exception>
    public static string Sha256(IReadOnlyList<string> files, CancellationToken cancellation = default)
    {
        if (files.Count == 0)
        {
            Throw.Input("Nothing can be hashed", found: "no file", expected: "at least one", remedy: "Name the files");
        }

        var hashes = new byte[files.Count * SHA256.HashSizeInBytes];
        for (var i = 0; i < files.Count; i++)
        {
            HashOne(files[i], hashes.AsSpan(i * SHA256.HashSizeInBytes, SHA256.HashSizeInBytes), cancellation);
        }

        return Convert.ToHexStringLower(files.Count == 1 ? hashes : SHA256.HashData(hashes));
    }

    private static void HashOne(string file, Span<byte> hash, CancellationToken cancellation)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
            using var running = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var buffer = new byte[1 << 20];
            for (int read; (read = stream.Read(buffer)) > 0;)
            {
                cancellation.ThrowIfCancellationRequested();
                running.AppendData(buffer.AsSpan(0, read));
            }

            running.GetHashAndReset(hash);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Throw.Input($"{file} cannot be read", found: fault.Message.TrimEnd('.'), expected: "a readable file", remedy: "Check the path and its permissions", fault);
        }
    }
}
