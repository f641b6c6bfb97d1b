namespace Nodal.Tests.Tokenization;

/// <summary>A model folder of a test's own, gone at its end.</summary>
internal sealed class TokenizerFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("nodal-tokenizer-").FullName;

    public TokenizerFolder Write(string name, string text)
    {
        File.WriteAllText(System.IO.Path.Combine(Path, name), text);
        return this;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
