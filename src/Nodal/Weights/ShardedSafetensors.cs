using Nodal.Runtime;

namespace Nodal.Weights;

/// <summary>A model in several safetensors files with an index; tensors are those the index lists.</summary>
internal sealed class ShardedSafetensors : IWeightSource
{
    private readonly Dictionary<string, SafetensorsFile> _shardOf;
    private readonly SafetensorsFile[] _shards;

    private ShardedSafetensors(SafetensorsFile[] shards, Dictionary<string, SafetensorsFile> shardOf)
    {
        _shards = shards;
        _shardOf = shardOf;
        Entries = shardOf.ToDictionary(pair => pair.Key, pair => pair.Value.Entries[pair.Key], StringComparer.Ordinal);
        Metadata = MergedMetadata(shards);
        Files = [.. shards.Select(shard => shard.Files[0])];
    }

    public IReadOnlyDictionary<string, TensorEntry> Entries { get; }

    /// <summary>That of all shards; where they differ, the first by file name counts.</summary>
    public IReadOnlyDictionary<string, object> Metadata { get; }

    public IReadOnlyList<string> Files { get; }

    /// <summary>Opens an index and all its shards.</summary>
    /// <exception cref="NodalException">The index or a shard is not valid, a shard is absent, or they don't agree.</exception>
    public static ShardedSafetensors Open(string indexPath)
    {
        var index = SafetensorsIndex.Read(indexPath);
        var folder = Path.GetDirectoryName(Path.GetFullPath(indexPath))!;
        var opened = new SortedDictionary<string, SafetensorsFile>(StringComparer.Ordinal);
        try
        {
            foreach (var name in index.ShardOf.Values.Distinct().Order(StringComparer.Ordinal))
            {
                opened.Add(name, OpenShard(indexPath, folder, name));
            }

            CheckAgreement(index, opened);
            var shardOf = index.ShardOf.ToDictionary(pair => pair.Key, pair => opened[pair.Value], StringComparer.Ordinal);
            return new ShardedSafetensors([.. opened.Values], shardOf);
        }
        catch
        {
            foreach (var shard in opened.Values)
                shard.Dispose();
            throw;
        }
    }

    public void ReadFloat32(string name, Span<float> destination) => ShardOf(name).ReadFloat32(name, destination);

    public void ReadFloat64(string name, Span<double> destination) => ShardOf(name).ReadFloat64(name, destination);

    public void ReadInt64(string name, Span<long> destination) => ShardOf(name).ReadInt64(name, destination);

    public void Dispose()
    {
        foreach (var shard in _shards)
            shard.Dispose();
    }

    private static SafetensorsFile OpenShard(string indexPath, string folder, string name)
    {
        var path = Path.Combine(folder, name);
        if (!File.Exists(path))
        {
            Throw.Input($"a shard of {Path.GetFileName(indexPath)} is missing", $"no {Quoted.Name(name)} beside it", "every file the index names", "Download the missing file");
        }

        return SafetensorsFile.Open(path);
    }

    // A tensor in two shards would leave it to chance which one counts.
    private static void CheckAgreement(SafetensorsIndex index, SortedDictionary<string, SafetensorsFile> opened)
    {
        foreach (var (tensor, shard) in index.ShardOf)
        {
            if (!opened[shard].Entries.ContainsKey(tensor))
            {
                Throw.Input($"{shard} and its index don't agree", $"no tensor {Quoted.Name(tensor)} in it", "every tensor the index names", "Download index and shards again, of one revision");
            }
        }

        foreach (var (shard, source) in opened)
        {
            var stray = source.Entries.Keys.FirstOrDefault(tensor => index.ShardOf.TryGetValue(tensor, out var listed) && listed != shard);
            if (stray is not null)
            {
                Throw.Input($"{shard} and its index don't agree", $"{Quoted.Name(stray)}, which the index says is in {index.ShardOf[stray]}", "every tensor in one shard", "Download index and shards again, of one revision");
            }
        }
    }

    private static Dictionary<string, object> MergedMetadata(SafetensorsFile[] shards)
    {
        var merged = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var (key, value) in shards.SelectMany(shard => shard.Metadata))
            merged.TryAdd(key, value);
        return merged;
    }

    private SafetensorsFile ShardOf(string name)
    {
        if (!_shardOf.TryGetValue(name, out var shard))
        {
            Throw.Input(
                "a tensor is missing", $"{_shardOf.Count} tensors in {_shards.Length} shards, none of them {Quoted.Name(name)}", "a model that holds it",
                "Check that the model is complete and of the architecture its configuration says");
        }

        return shard;
    }
}
