namespace Nodal.EndToEnd;

public sealed class DoctorTests
{
    [Fact]
    public void The_doctor_finds_this_machine_fit()
    {
        var json = NodalTool.Run("doctor", "--json").Successful().Json;

        json["healthy"]!.GetValue<bool>().ShouldBeTrue();
        json["matrixProduct"]!.GetValue<bool>().ShouldBeTrue();
        json["embeddedModel"]!.GetValue<bool>().ShouldBeTrue();
        json["libtorch"]!["library"].ShouldNotBeNull();
        json["threads"]!.GetValue<int>().ShouldBePositive();
    }

    [Fact]
    public void Prose_says_how_libtorch_was_loaded() => NodalTool.Run("doctor").Successful().Output.ShouldMatch(@"(?s)libtorch +loaded from.*processor.*All is well\.");
}
