namespace Switchyard.Tests.Picking;

/// <summary>Cases that lie beside the project on some machines.</summary>
internal static class SharedCases
{
    public static string? Folder(params string[] names)
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string folder = Path.Combine([at.FullName, "shared", .. names]);
            if (Directory.Exists(folder)) return folder;
        }
        return null;
    }
}
