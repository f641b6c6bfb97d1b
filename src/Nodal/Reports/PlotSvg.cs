using System.Globalization;
using System.Text;
using System.Xml;

namespace Nodal.Reports;

/// <summary>Draws a plot as one SVG file that needs nothing else: no font, no script, no other file.</summary>
internal sealed class PlotSvg
{
    private const string Namespace = "http://www.w3.org/2000/svg";
    private const double Width = 900;
    private const double Height = 480;
    private const double Left = 72;
    private const double Right = 640;
    private const double Top = 48;
    private const double Bottom = 420;
    private const double LegendLeft = 664;
    private const double LegendStep = 24;
    private const int LongestName = 24;

    private readonly Plot _plot;
    private readonly XmlWriter _svg;

    private PlotSvg(Plot plot, XmlWriter svg) => (_plot, _svg) = (plot, svg);

    /// <summary>The file's text.</summary>
    public static string Draw(Plot plot)
    {
        var text = new StringBuilder();
        using (var svg = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true, Indent = true, NewLineChars = "\n" }))
        {
            new PlotSvg(plot, svg).DrawAll();
        }

        return text.Append('\n').ToString();
    }

    private void DrawAll()
    {
        Element("svg", () =>
        {
            Element("title", () => _svg.WriteString(_plot.Title));
            Element("style", () => _svg.WriteString($"\n{PlotStyle.Sheet}\n"));
            Element("clipPath", () => Element("rect", null, ("x", Left), ("y", Top), ("width", Right - Left), ("height", Bottom - Top)), ("id", "area"));
            Element("rect", null, ("class", "paper"), ("width", Width), ("height", Height));
            Text(_plot.Title, Left, 28, ("class", "title"));
            DrawVerticalAxis();
            DrawHorizontalAxis();
            DrawSeries();
            DrawLegend();
        }, ("viewBox", FormattableString.Invariant($"0 0 {Width} {Height}")), ("width", Width), ("height", Height), ("role", "img"));
    }

    private void DrawHorizontalAxis()
    {
        foreach (var tick in _plot.Horizontal.Ticks)
        {
            var x = X(tick);
            Line("grid", x, Top, x, Bottom);
            Line("axis", x, Bottom, x, Bottom + 5);
            Text(Number(tick), x, Bottom + 20, ("class", "small"), ("text-anchor", "middle"));
        }

        Line("axis", Left, Bottom, Right, Bottom);
        Text(_plot.Horizontal.Label, (Left + Right) / 2, Bottom + 44, ("text-anchor", "middle"));
    }

    private void DrawVerticalAxis()
    {
        foreach (var tick in _plot.Vertical.Ticks)
        {
            var y = Y(tick);
            Line("grid", Left, y, Right, y);
            Line("axis", Left - 5, y, Left, y);
            Text(Number(tick), Left - 9, y + 4, ("class", "small"), ("text-anchor", "end"));
        }

        Line("axis", Left, Top, Left, Bottom);
        Text(_plot.Vertical.Label, 0, 0, ("text-anchor", "middle"), ("transform", FormattableString.Invariant($"translate(20,{(Top + Bottom) / 2}) rotate(-90)")));
    }

    private void DrawSeries()
    {
        Element("g", () =>
        {
            foreach (var series in _plot.Series)
            {
                foreach (var curve in series.Curves)
                {
                    Element("polyline", null, ("class", CurveClass(series)), ("points", string.Join(' ', curve.Select(point => FormattableString.Invariant($"{X(point.X):0.#},{Y(point.Y):0.#}")))));
                }
            }
        }, ("clip-path", "url(#area)"));

        // Emphasised marks last, so that no other hides them.
        foreach (var (series, mark) in _plot.Series.SelectMany(series => series.Marks.Select(mark => (series, mark))).OrderBy(pair => pair.mark.Emphasised))
        {
            DrawMark(series, X(mark.X), Y(mark.Y), mark.Emphasised, mark.Note);
        }
    }

    private void DrawLegend()
    {
        for (var i = 0; i < _plot.Series.Length; i++)
        {
            var (series, y) = (_plot.Series[i], Top + 12 + (i * LegendStep));
            if (!series.Curves.IsEmpty)
            {
                Element("polyline", null, ("class", CurveClass(series)), ("points", FormattableString.Invariant($"{LegendLeft},{y} {LegendLeft + 28},{y}")));
            }

            if (!series.Marks.IsEmpty)
            {
                DrawMark(series, LegendLeft + 14, y, emphasised: true, note: null);
            }

            Text(series.Name.Length > LongestName ? $"{series.Name[..(LongestName - 1)]}…" : series.Name, LegendLeft + 38, y + 4);
        }
    }

    private void DrawMark(PlotSeries series, double x, double y, bool emphasised, string? note) => Element(
        "path", note is null ? null : () => Element("title", () => _svg.WriteString(note)),
        ("class", $"mark {PlotStyle.Class(series.Colour)}{(emphasised ? " best" : "")}"), ("d", PlotStyle.Outline(series.Colour)),
        ("transform", FormattableString.Invariant($"translate({x:0.#},{y:0.#}) scale({(emphasised ? 1.1 : 0.85)})")));

    private static string CurveClass(PlotSeries series) => $"curve {PlotStyle.Class(series.Colour)}{(series.Dashed ? " dashed" : "")}";

    private double X(double value) => Left + ((Right - Left) * _plot.Horizontal.Position(value));

    private double Y(double value) => Bottom - ((Bottom - Top) * _plot.Vertical.Position(value));

    private static string Number(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    private void Line(string kind, double x1, double y1, double x2, double y2) => Element("line", null, ("class", kind), ("x1", x1), ("y1", y1), ("x2", x2), ("y2", y2));

    private void Text(string text, double x, double y, params ReadOnlySpan<(string Name, object Value)> more) =>
        Element("text", () => _svg.WriteString(text), [("x", x), ("y", y), .. more]);

    private void Element(string name, Action? content, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        _svg.WriteStartElement(name, Namespace);
        foreach (var (attribute, value) in attributes)
        {
            _svg.WriteAttributeString(attribute, value is double number ? number.ToString("0.#", CultureInfo.InvariantCulture) : (string)value);
        }

        content?.Invoke();
        _svg.WriteEndElement();
    }
}
