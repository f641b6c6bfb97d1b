using Nodal.Runtime;

namespace Nodal.Tests.Runtime;

public sealed class UserCacheTests
{
    [Fact]
    public void An_absolute_XDG_CACHE_HOME_is_used()
    {
        var folder = Path.Combine(Path.GetTempPath(), "xdg");
        UserCache.Root(folder).ShouldBe(Path.Combine(folder, "nodal"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("relative/cache")]
    public void Without_one_the_home_folder_is(string? value) =>
        UserCache.Root(value).ShouldBe(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "nodal"));
}
