namespace Nodal.Weights;

/// <summary>The key-value part of a GGUF file.</summary>
internal static class GgufMetadata
{
    // A key is at least its length, a value its type and one byte.
    private const int LeastBytes = 8 + 4 + 1;
    private const int TextLengthBytes = 8;

    /// <summary>Reads <paramref name="count"/> pairs: numbers in their own width, <see cref="bool"/>, <see cref="string"/>, and arrays of these.</summary>
    public static Dictionary<string, object> Read(ref GgufCursor cursor, ulong count)
    {
        cursor.CheckThings(count, LeastBytes, "the number of metadata keys");
        var metadata = new Dictionary<string, object>(StringComparer.Ordinal);
        for (var i = 0UL; i < count; i++)
        {
            var key = cursor.Text("the name of a metadata key");
            var type = cursor.Number<GgufValueType>($"metadata {Quoted.Name(key)}");
            if (!metadata.TryAdd(key, Value(ref cursor, key, type)))
            {
                cursor.Fault("a metadata key stands twice", Quoted.Name(key), "every key once");
            }
        }

        return metadata;
    }

    private static object Value(ref GgufCursor cursor, string key, GgufValueType type)
    {
        var what = $"metadata {Quoted.Name(key)}";
        switch (type)
        {
            case GgufValueType.UInt8: return cursor.Number<byte>(what);
            case GgufValueType.Int8: return cursor.Number<sbyte>(what);
            case GgufValueType.UInt16: return cursor.Number<ushort>(what);
            case GgufValueType.Int16: return cursor.Number<short>(what);
            case GgufValueType.UInt32: return cursor.Number<uint>(what);
            case GgufValueType.Int32: return cursor.Number<int>(what);
            case GgufValueType.Float32: return cursor.Number<float>(what);
            case GgufValueType.Bool: return Bool(ref cursor, cursor.Number<byte>(what), what);
            case GgufValueType.Text: return cursor.Text(what);
            case GgufValueType.Array: return Array(ref cursor, what);
            case GgufValueType.UInt64: return cursor.Number<ulong>(what);
            case GgufValueType.Int64: return cursor.Number<long>(what);
            case GgufValueType.Float64: return cursor.Number<double>(what);
            default: return UnknownType(ref cursor, what, type);
        }
    }

    private static Array Array(ref GgufCursor cursor, string what)
    {
        var type = cursor.Number<GgufValueType>(what);
        var count = cursor.Number<ulong>(what);
        switch (type)
        {
            case GgufValueType.UInt8: return cursor.Numbers<byte>(count, what);
            case GgufValueType.Int8: return cursor.Numbers<sbyte>(count, what);
            case GgufValueType.UInt16: return cursor.Numbers<ushort>(count, what);
            case GgufValueType.Int16: return cursor.Numbers<short>(count, what);
            case GgufValueType.UInt32: return cursor.Numbers<uint>(count, what);
            case GgufValueType.Int32: return cursor.Numbers<int>(count, what);
            case GgufValueType.Float32: return cursor.Numbers<float>(count, what);
            case GgufValueType.Bool: return Bools(ref cursor, cursor.Numbers<byte>(count, what), what);
            case GgufValueType.Text: return Texts(ref cursor, count, what);
            case GgufValueType.UInt64: return cursor.Numbers<ulong>(count, what);
            case GgufValueType.Int64: return cursor.Numbers<long>(count, what);
            case GgufValueType.Float64: return cursor.Numbers<double>(count, what);
            default: return UnknownType(ref cursor, $"{what}, an array", type);
        }
    }

    private static string[] Texts(ref GgufCursor cursor, ulong count, string what)
    {
        cursor.CheckCount(count, TextLengthBytes, what);
        var texts = new string[count];
        for (var i = 0; i < texts.Length; i++)
            texts[i] = cursor.Text(what);
        return texts;
    }

    private static bool[] Bools(ref GgufCursor cursor, byte[] bytes, string what)
    {
        var bools = new bool[bytes.Length];
        for (var i = 0; i < bools.Length; i++)
            bools[i] = Bool(ref cursor, bytes[i], what);
        return bools;
    }

    private static bool Bool(ref GgufCursor cursor, byte value, string what)
    {
        if (value > 1)
        {
            cursor.Fault(what, $"a truth value of {value}", "0 or 1");
        }

        return value == 1;
    }

    // Arrays of arrays are among these: no known key has one, and llama.cpp refuses them too.
    private static Array UnknownType(ref GgufCursor cursor, string what, GgufValueType type)
    {
        var found = type == GgufValueType.Array ? "an array of arrays" : $"type {(uint)type}";
        cursor.Fault(what, found, "one of GGUF's types 0 to 12, arrays not nested");
        return null;
    }
}
