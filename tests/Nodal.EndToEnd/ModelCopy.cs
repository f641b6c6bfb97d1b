using System.Text;

namespace Nodal.EndToEnd;

/// <summary>A copy of the embedded model's files that a test may damage.</summary>
internal sealed class ModelCopy : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ModelCopy()
    {
        foreach (var file in Directory.EnumerateFiles(Repository.Asset("")))
        {
            File.Copy(file, _folder[System.IO.Path.GetFileName(file)]);
        }
    }

    public string Path => _folder.Path;

    /// <summary>Changes the weight file as bytes.</summary>
    public void ChangeWeights(Func<byte[], byte[]> change) => File.WriteAllBytes(_folder["model.safetensors"], change(File.ReadAllBytes(_folder["model.safetensors"])));

    /// <summary>Puts another text of the same length into the header of the weight file.</summary>
    public void ChangeHeader(string old, string replacement) => ChangeWeights(bytes =>
    {
        replacement.Length.ShouldBe(old.Length);
        var at = bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(old));
        at.ShouldBePositive(old);
        Encoding.UTF8.GetBytes(replacement).CopyTo(bytes, at);
        return bytes;
    });

    public void ChangeConfig(string old, string replacement)
    {
        var text = File.ReadAllText(_folder["config.json"]);
        text.ShouldContain(old);
        File.WriteAllText(_folder["config.json"], text.Replace(old, replacement, StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();
}
