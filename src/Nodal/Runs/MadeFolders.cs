namespace Nodal.Runs;

/// <summary>Folders that had to be made for a run, to be removed again if nothing comes to lie in them.</summary>
internal sealed class MadeFolders
{
    private readonly List<string> _innermostFirst = [];

    private MadeFolders()
    {
    }

    /// <summary>Makes a folder and those above it that are missing.</summary>
    /// <exception cref="IOException">It cannot be made; nothing is left.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static MadeFolders Make(string path)
    {
        var made = new MadeFolders();
        for (var folder = path; folder is not null && !Directory.Exists(folder); folder = Path.GetDirectoryName(folder))
        {
            made._innermostFirst.Add(folder);
        }

        try
        {
            Directory.CreateDirectory(path);
        }
        catch
        {
            made.Remove();
            throw;
        }

        return made;
    }

    /// <summary>Removes those that are empty.</summary>
    public void Remove()
    {
        try
        {
            foreach (var folder in _innermostFirst.Where(Directory.Exists))
            {
                Directory.Delete(folder);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Not empty: then it is someone's, and so are those above it.
        }
    }
}
