using System.Globalization;

namespace Nodal.Tokenization;

/// <summary>Unicode's canonical decompositions and combining classes, from the table beside this file.</summary>
internal sealed class CanonicalEquivalence
{
    private static readonly Lazy<CanonicalEquivalence> Loaded = new(() => new CanonicalEquivalence());

    private readonly Dictionary<int, int[]> _decompositions = [];
    private readonly Dictionary<(int First, int Second), int> _compositions = [];
    private readonly Dictionary<int, byte> _classes = [];

    private CanonicalEquivalence()
    {
        using var stream = typeof(CanonicalEquivalence).Assembly.GetManifestResourceStream("Nodal.Tokenization.canonical-equivalence.txt")
            ?? throw new InvalidOperationException("the table of canonical equivalence is not in the assembly");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line[0] != '#')
            {
                Add(line);
            }
        }
    }

    /// <summary>The table; read once, when a text first needs it.</summary>
    public static CanonicalEquivalence Instance => Loaded.Value;

    /// <summary>One step of the canonical decomposition, or <see langword="null"/>.</summary>
    public int[]? DecompositionOf(int character) => _decompositions.GetValueOrDefault(character);

    /// <summary>The character that two compose to, or <see langword="null"/>.</summary>
    public int? CompositionOf(int first, int second) => _compositions.TryGetValue((first, second), out var character) ? character : null;

    /// <summary>Canonical combining class; 0 for a starter.</summary>
    public byte ClassOf(int character) => _classes.GetValueOrDefault(character);

    private void Add(string line)
    {
        var sign = line.IndexOfAny(['=', '>', '-']);
        var character = Hex(line.AsSpan(0, sign));
        if (line[sign] == '-')
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            var value = byte.Parse(line.AsSpan(space + 1), CultureInfo.InvariantCulture);
            for (var last = Hex(line.AsSpan((sign + 1)..space)); character <= last; character++)
            {
                _classes[character] = value;
            }

            return;
        }

        int[] parts = [.. line[(sign + 1)..].Split(' ').Select(part => Hex(part))];
        _decompositions[character] = parts;
        if (line[sign] == '=')
        {
            _compositions[(parts[0], parts[1])] = character;
        }
    }

    private static int Hex(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
