using System.Runtime.Intrinsics;

namespace Nodal.Patching.Fast;

/// <summary>Loops over one row: conversions, sums, gathers.</summary>
internal static unsafe class RowKernels<T>
    where T : unmanaged, IElement<T>
{
    /// <summary>Rounds values to the element type; what is beyond them becomes 0.</summary>
    public static void Narrow(float* source, int count, T* target, int padded)
    {
        var whole = count / Lanes.Width * Lanes.Width;
        for (var i = 0; i < whole; i += Lanes.Width)
        {
            T.Store(Vector512.Load(source + i), target + i);
        }

        for (var i = whole; i < count; i++)
        {
            target[i] = T.Narrow(source[i]);
        }

        new Span<T>(target + count, padded - count).Clear();
    }

    /// <summary>target = source.</summary>
    public static void Widen(T* source, float* target, int padded)
    {
        for (var i = 0; i < padded; i += Lanes.Width)
        {
            T.Load(source + i).Store(target + i);
        }
    }

    /// <summary>target += source.</summary>
    public static void Add(T* source, float* target, int padded)
    {
        for (var i = 0; i < padded; i += Lanes.Width)
        {
            (Vector512.Load(target + i) + T.Load(source + i)).Store(target + i);
        }
    }

    /// <summary>target += source, of any length.</summary>
    public static void AddAll(T* source, float* target, int count)
    {
        var whole = count / Lanes.Width * Lanes.Width;
        Add(source, target, whole);
        for (var i = whole; i < count; i++)
        {
            target[i] += T.Widen(source[i]);
        }
    }

    /// <summary>target = source[index], widened.</summary>
    public static void Gather(T* source, ReadOnlySpan<int> index, float* target)
    {
        for (var i = 0; i < index.Length; i++)
        {
            target[i] = T.Widen(source[index[i]]);
        }
    }

    /// <summary>target[index] += factor · source.</summary>
    public static void ScatterAdd(T* source, ReadOnlySpan<float> factor, ReadOnlySpan<int> index, float* target)
    {
        for (var i = 0; i < index.Length; i++)
        {
            target[index[i]] += factor[i] * T.Widen(source[i]);
        }
    }
}
