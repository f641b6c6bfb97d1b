using Nodal.Models;

namespace Nodal.Tests.Models;

/// <summary>Models in the cache of huggingface_hub.</summary>
public sealed class HubCacheTests : IDisposable
{
    private readonly string _cache = Directory.CreateTempSubdirectory("nodal-test-").FullName;

    public void Dispose() => Directory.Delete(_cache, recursive: true);

    [Theory]
    [InlineData("openai-community/gpt2", "models--openai-community--gpt2")]
    [InlineData("gpt2", "models--gpt2")]
    public void TheMainRevisionOfAnIdIsFound(string id, string folder)
    {
        var snapshot = Directory.CreateDirectory(Path.Combine(_cache, folder, "snapshots", "0123abcd")).FullName;
        var refs = Directory.CreateDirectory(Path.Combine(_cache, folder, "refs")).FullName;
        Assert.Null(HubCache.Snapshot(id, _cache));

        File.WriteAllText(Path.Combine(refs, "main"), "0123abcd\n");

        Assert.Equal(snapshot, HubCache.Snapshot(id, _cache));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/gpt2")]
    [InlineData("a/b/c")]
    [InlineData("../gpt2")]
    public void WhatIsNoIdIsNotLookedFor(string id)
    {
        var folder = Path.Combine(_cache, $"models--{id.Replace("/", "--", StringComparison.Ordinal)}");
        Directory.CreateDirectory(Path.Combine(folder, "snapshots", "0123abcd"));
        Directory.CreateDirectory(Path.Combine(folder, "refs"));
        File.WriteAllText(Path.Combine(folder, "refs", "main"), "0123abcd");

        Assert.Null(HubCache.Snapshot(id, _cache));
    }

    [Fact]
    public void TheCacheIsWhereTheEnvironmentSays()
    {
        var home = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "huggingface", "hub");

        Assert.Equal(home, HubCache.Folder(_ => null));
        Assert.Equal(Path.Combine("models", "hub"), HubCache.Folder(name => name == "HF_HOME" ? "models" : null));
        Assert.Equal("cache", HubCache.Folder(name => name == "HF_HUB_CACHE" ? "cache" : "models"));
    }
}
