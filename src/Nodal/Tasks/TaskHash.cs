using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Nodal.Tasks;

/// <summary>Says by content which pairs something was made from.</summary>
internal static class TaskHash
{
    /// <summary>SHA-256, in lower-case hexadecimal, of the token ids of all pairs, split by split.</summary>
    public static string Of(TaskData task)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var split in new[] { task.Train, task.Selection, task.Test })
        {
            Append(hash, [split.Length]);
            foreach (var pair in split)
            {
                foreach (var ids in new[] { pair.Clean, pair.Corrupted, pair.Answers, pair.Foils })
                {
                    // With the lengths, no two different splits give the same bytes.
                    Append(hash, [ids.Length]);
                    Append(hash, ids.AsSpan());
                }

                if (pair.AnswerPosition != pair.Length - 1)
                {
                    // No length is negative, so that this is no other pair's beginning.
                    Append(hash, [-1, pair.AnswerPosition]);
                }
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, ReadOnlySpan<int> values) => hash.AppendData(MemoryMarshal.AsBytes(values));
}
