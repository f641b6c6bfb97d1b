using System.Text.RegularExpressions;
using Nodal.Runtime;

namespace Nodal.Tests.Runtime;

public sealed class NodalVersionTests
{
    [Fact]
    public void Version_is_that_of_the_build_properties()
    {
        var properties = File.ReadAllText(TestData.InRepository("Directory.Build.props"));
        properties.ShouldContain($"<Version>{NodalVersion.Current}</Version>");
    }

    [Fact]
    public void Commit_is_a_hash_or_absent() => (NodalVersion.Commit is null || Regex.IsMatch(NodalVersion.Commit, "^[0-9a-f]{40}$")).ShouldBeTrue();
}
