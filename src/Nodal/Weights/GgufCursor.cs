using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Nodal.Runtime;

namespace Nodal.Weights;

/// <summary>Reads the front of a GGUF file value by value; never past its end, never into memory that the file has no bytes for.</summary>
internal ref struct GgufCursor(string file, ReadOnlySpan<byte> front)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // More things than any model has; bounds what a hostile file can make us allocate for each.
    private const ulong MostThings = 1 << 20;

    private readonly ReadOnlySpan<byte> _front = front;

    /// <summary>File name, for messages.</summary>
    public string File { get; } = file;

    /// <summary>Bytes read so far.</summary>
    public int Position { get; private set; }

    /// <summary>Bytes left.</summary>
    public readonly int Left => _front.Length - Position;

    /// <summary>The next little-endian number.</summary>
    public T Number<T>(string what)
        where T : unmanaged => MemoryMarshal.Read<T>(Take((ulong)Unsafe.SizeOf<T>(), what));

    /// <summary>The next <paramref name="count"/> little-endian numbers.</summary>
    public T[] Numbers<T>(ulong count, string what)
        where T : unmanaged
    {
        var size = (ulong)Unsafe.SizeOf<T>();
        CheckCount(count, size, what);
        return MemoryMarshal.Cast<byte, T>(Take(count * size, what)).ToArray();
    }

    /// <summary>The next string: 64-bit length and UTF-8 bytes.</summary>
    public string Text(string what)
    {
        var bytes = Take(Number<ulong>(what), what);
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException fault)
        {
            Throw.Input($"{File}: {what}", "bytes that are no valid UTF-8", "a text", "The file is damaged or was made by a faulty converter; get it again", fault);
            throw;
        }
    }

    /// <summary>Refuses a count of things of which each takes at least so many bytes when the file cannot hold them.</summary>
    public readonly void CheckCount(ulong count, ulong leastBytesEach, string what)
    {
        if (count > (ulong)Left / leastBytesEach)
        {
            Fault(what, $"a count of {count}", $"at most {(ulong)Left / leastBytesEach}, which is what the {Left} bytes from byte {Position} on can hold");
        }
    }

    /// <summary>Refuses an absurd number of tensors or metadata keys.</summary>
    public readonly void CheckThings(ulong count, ulong leastBytesEach, string what)
    {
        CheckCount(count, leastBytesEach, what);
        if (count > MostThings)
        {
            Fault(what, $"{count}", $"at most {MostThings}");
        }
    }

    /// <summary>Raises the fault of a file whose front is not as it must be.</summary>
    [DoesNotReturn]
    public readonly void Fault(string what, string found, string expected) =>
        Throw.Input($"{File}: {what}", found, expected, "The file is truncated, damaged or hostile; get it again from a source you trust");

    private ReadOnlySpan<byte> Take(ulong count, string what)
    {
        if (count > (ulong)Left)
        {
            Fault($"{what} goes on beyond the end", $"{count} bytes from byte {Position} on", $"at most {Left}");
        }

        var taken = _front.Slice(Position, (int)count);
        Position += (int)count;
        return taken;
    }
}
