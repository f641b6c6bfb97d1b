using System.Globalization;
using System.Xml.Linq;
using Nodal.Reports;

namespace Nodal.Tests.Reports;

public sealed class PlotSvgTests
{
    private static readonly Plot Example = new(
        "a <plot> & more", PlotAxis.Log("size", 0.01, 1), PlotAxis.Linear("KL", 0.9),
        [
            new PlotSeries("curve", null, [], [[(0.01, 0.8), (0.1, 0.4), (1, 0)]], Dashed: true),
            new PlotSeries("one", 0, [new PlotMark(0.1, 0.4, "run one", Emphasised: true), new PlotMark(1, 0, "run two", Emphasised: false)], []),
            new PlotSeries("a name that is far too long for a legend", 1, [new PlotMark(0.01, 0.8, "run three", Emphasised: false)], []),
        ]);

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void A_mark_lies_where_its_axes_say()
    {
        // The area is 72 to 640 wide and 420 to 48 high; 0.1 is the middle of 0.01 to 1, and 0.4 is 0.4 of the axis to 1.
        var marks = Parsed().Descendants(Svg + "path").ToDictionary(path => path.Element(Svg + "title")?.Value ?? $"legend {path.Attribute("transform")!.Value}", path => Place(path.Attribute("transform")!.Value));

        marks["run one"].ShouldBe((356, 271.2));
        marks["run two"].ShouldBe((640, 420));
        marks["run three"].ShouldBe((72, 122.4));
    }

    [Fact]
    public void A_curve_goes_through_its_points() =>
        Parsed().Descendants(Svg + "polyline").First(line => line.Parent!.Name == Svg + "g").Attribute("points")!.Value.ShouldBe("72,122.4 356,271.2 640,420");

    [Fact]
    public void Emphasised_marks_are_drawn_last() =>
        Parsed().Root!.Elements(Svg + "path").Where(path => path.Element(Svg + "title") is not null).Last().Attribute("class")!.Value.ShouldBe("mark c0 best");

    [Fact]
    public void Text_is_escaped_and_long_names_are_shortened()
    {
        var texts = Parsed().Descendants(Svg + "text").Select(text => text.Value).ToArray();

        texts.ShouldContain("a <plot> & more");
        texts.ShouldContain("a name that is far too …");
        texts.ShouldContain("0.01");
        Parsed().Root!.Element(Svg + "title")!.Value.ShouldBe("a <plot> & more");
    }

    [Fact]
    public void No_two_of_many_series_look_alike() =>
        Enumerable.Range(0, 24).Select(series => (PlotStyle.Class(series), PlotStyle.Outline(series))).Distinct().Count().ShouldBe(24);

    [Fact]
    public void The_file_needs_no_other_and_has_colours_for_dark_paper()
    {
        var text = PlotSvg.Draw(Example);

        text.ShouldContain("prefers-color-scheme: dark");
        text.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal).ShouldNotContain("http");
        text.ShouldNotContain("<script");
        text.ShouldNotContain("@import");
    }

    private static XDocument Parsed() => XDocument.Parse(PlotSvg.Draw(Example));

    private static (double X, double Y) Place(string transform)
    {
        var parts = transform["translate(".Length..transform.IndexOf(')', StringComparison.Ordinal)].Split(',');
        return (double.Parse(parts[0], CultureInfo.InvariantCulture), double.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}
