using Nodal.Models;
using Nodal.Tests.Weights;

namespace Nodal.Tests.Models;

/// <summary>Models in the cache of huggingface_hub.</summary>
public sealed class HubCacheTests : IDisposable
{
    private readonly TemporaryFolder _cache = new();

    public void Dispose() => _cache.Dispose();

    [Theory]
    [InlineData("openai-community/gpt2", "models--openai-community--gpt2")]
    [InlineData("gpt2", "models--gpt2")]
    public void The_main_revision_of_an_id_is_found(string id, string folder)
    {
        var snapshot = Directory.CreateDirectory(Path.Combine(_cache.Path, folder, "snapshots", "0123abcd")).FullName;
        var refs = Directory.CreateDirectory(Path.Combine(_cache.Path, folder, "refs")).FullName;
        HubCache.Snapshot(id, _cache.Path).ShouldBeNull();

        File.WriteAllText(Path.Combine(refs, "main"), "0123abcd\n");

        HubCache.Snapshot(id, _cache.Path).ShouldBe(snapshot);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/gpt2")]
    [InlineData("a/b/c")]
    [InlineData("../gpt2")]
    public void What_is_no_id_is_not_looked_for(string id)
    {
        var folder = Path.Combine(_cache.Path, $"models--{id.Replace("/", "--", StringComparison.Ordinal)}");
        Directory.CreateDirectory(Path.Combine(folder, "snapshots", "0123abcd"));
        Directory.CreateDirectory(Path.Combine(folder, "refs"));
        File.WriteAllText(Path.Combine(folder, "refs", "main"), "0123abcd");

        HubCache.Snapshot(id, _cache.Path).ShouldBeNull();
    }

    [Fact]
    public void The_cache_is_where_the_environment_says()
    {
        var home = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "huggingface", "hub");

        HubCache.Folder(_ => null).ShouldBe(home);
        HubCache.Folder(name => name == "HF_HOME" ? "models" : null).ShouldBe(Path.Combine("models", "hub"));
        HubCache.Folder(name => name == "HF_HUB_CACHE" ? "cache" : "models").ShouldBe("cache");
    }
}
