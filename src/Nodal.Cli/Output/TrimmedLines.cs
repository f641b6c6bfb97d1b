using System.Text;

namespace Nodal.Cli.Output;

/// <summary>Takes the spaces off the ends of lines, with which tables fill their last column.</summary>
internal sealed class TrimmedLines(TextWriter writer) : TextWriter
{
    private readonly StringBuilder _spaces = new();

    public override Encoding Encoding => writer.Encoding;

    public override void Write(char value)
    {
        if (value == ' ')
        {
            _spaces.Append(value);
            return;
        }

        if (value != '\n')
        {
            writer.Write(_spaces);
        }

        _spaces.Clear();
        writer.Write(value);
    }

    public override void Flush() => writer.Flush();
}
