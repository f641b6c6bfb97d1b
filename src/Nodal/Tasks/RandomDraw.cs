namespace Nodal.Tasks;

/// <summary>Draws from word lists.</summary>
internal static class RandomDraw
{
    public static T One<T>(this Random random, IReadOnlyList<T> items) => items[random.Next(items.Count)];

    /// <summary><paramref name="count"/> items at different places of the list, in random order.</summary>
    public static T[] Distinct<T>(this Random random, IReadOnlyList<T> items, int count)
    {
        var pool = items.ToArray();
        for (var drawn = 0; drawn < count; drawn++)
        {
            var index = random.Next(drawn, pool.Length);
            (pool[drawn], pool[index]) = (pool[index], pool[drawn]);
        }

        return pool[..count];
    }
}
