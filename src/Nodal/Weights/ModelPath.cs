using Nodal.Runtime;

namespace Nodal.Weights;

/// <summary>Opens model files so that whatever the file system says against it becomes a sentence.</summary>
internal static class ModelPath
{
    /// <summary>An existing file, open for reading.</summary>
    public static FileStream OpenFile(string path)
    {
        if (!File.Exists(path))
        {
            var folder = Directory.Exists(path);
            Throw.Input($"cannot open {path}", folder ? "a folder" : "no such file", "a model file", "Check the path");
        }

        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Throw.Input($"cannot open {path}", fault.Message.TrimEnd('.'), "a file this user may read", "Check the file's permissions, and that no other program is writing it", fault);
            throw;
        }
    }
}
