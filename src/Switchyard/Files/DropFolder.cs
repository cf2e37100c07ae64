namespace Switchyard.Files;

/// <summary>What lay in a folder when it was last looked at: a file that is still being written grows, or changes.</summary>
public sealed class Sightings
{
    private readonly Dictionary<string, (long Bytes, DateTime Written)> _seen = new(StringComparer.Ordinal);

    /// <summary>Notes a file. Was it the same before?</summary>
    internal bool WasSame(FileInfo file)
    {
        bool isSame = _seen.TryGetValue(file.FullName, out var before) && before == (file.Length, file.LastWriteTimeUtc);
        _seen[file.FullName] = (file.Length, file.LastWriteTimeUtc);
        return isSame;
    }

    internal void Forget(string path) => _seen.Remove(path);
}

/// <summary>
/// A folder by which somebody outside gives and gets files, behind an SFTP server for instance: <c>in</c>, <c>out</c>, <c>done</c>, <c>failed</c>. A file is taken once it rests,
/// by renaming it to where only this server writes: of two servers one gets it, and nobody changes it while it is read.
/// </summary>
public sealed class DropFolder
{
    /// <summary>The folder of all of them. Below it one for each merchant, named by its number, and there one for each room and partner.</summary>
    public const string Setting = "SWITCHYARD_DROP_FOLDER";

    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(2), Stuck = TimeSpan.FromMinutes(10);
    private static readonly string[] Parts = ["in", "out", "done", "failed"], Unfinished = [".tmp", ".part", ".filepart", ".crdownload"];
    private const int MostName = 120, MostNameBytes = 180;

    private readonly string _own, _work;

    public static string? Root => Environment.GetEnvironmentVariable(Setting) is { Length: > 0 } root ? root : null;

    /// <param name="room">Such as edi.</param>
    /// <param name="code">Whose it is; letters, digits, hyphens and underscores stay as they are in the folder's name.</param>
    public DropFolder(string root, long merchant, string room, string code)
    {
        _own = Path.Combine(root, Place(merchant, room, code));
        _work = Path.Combine(root, ".work", Place(merchant, room, code));
        foreach (string part in Parts) Directory.CreateDirectory(Path.Combine(_own, part));
        Directory.CreateDirectory(_work);
    }

    /// <summary>Where it is below the folder of all.</summary>
    internal static string Place(long merchant, string room, string code) =>
        $"{merchant.ToString(System.Globalization.CultureInfo.InvariantCulture)}/{room}/{string.Concat(code.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c.ToString() : $"%{(int)c:X2}"))}";

    /// <summary>Takes the files that rest, the oldest first. Those whose names begin with a dot or end in .tmp, .part or .filepart are not finished; links are not followed.</summary>
    public IReadOnlyList<TakenFile> Take(Sightings sightings, DateTimeOffset now, int most)
    {
        var resting = new DirectoryInfo(Path.Combine(_own, "in")).EnumerateFiles().Where(f => f.Name[0] != '.' && !Unfinished.Contains(f.Extension.ToLowerInvariant()))
            .Where(f => sightings.WasSame(f) && now - f.LastWriteTimeUtc >= Settled).OrderBy(f => f.LastWriteTimeUtc).ThenBy(f => f.Name, StringComparer.Ordinal).Take(most).ToList();
        var taken = new List<TakenFile>();
        foreach (var file in resting)
        {
            string name = Tidy(file.Name), at = Path.Combine(_work, name);
            try { File.Move(file.FullName, at); }
            catch (IOException) { continue; }                                          // another server was quicker, or one of that name is under way
            sightings.Forget(file.FullName);
            if (new FileInfo(at).LinkTarget is not null) { Failed(at, now, "It is a link to another file."); continue; }
            File.SetLastWriteTimeUtc(at, now.UtcDateTime);                             // since when it is under way
            taken.Add(new TakenFile(at, name));
        }
        return taken;
    }

    /// <summary>Files that were taken long ago and not finished: whoever took them is gone.</summary>
    public IReadOnlyList<TakenFile> LeftOver(DateTimeOffset now) =>
        [.. new DirectoryInfo(_work).EnumerateFiles().Where(f => now - f.LastWriteTimeUtc >= Stuck).OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => new TakenFile(f.FullName, f.Name))];

    /// <summary>The file of this name that is under way; null when it is not there any more.</summary>
    public TakenFile? UnderWay(string name) => Path.GetFileName(name) == name && File.Exists(Path.Combine(_work, name)) ? new TakenFile(Path.Combine(_work, name), name) : null;

    /// <summary>Puts a file back to be taken again.</summary>
    public void GiveBack(TakenFile file)
    {
        try { File.Move(file.Path, Path.Combine(_own, "in", file.Name)); }
        catch (IOException) { /* one of that name was dropped meanwhile, or another server has done it: it is looked at again */ }
    }

    public void Done(TakenFile file, DateTimeOffset now) => Move(file.Path, Path.Combine(_own, "done", Stamped(file.Name, now)));

    /// <summary>Puts a file with the failed ones, and why beside it.</summary>
    /// <param name="errors">Writes what is to be mended, as CSV; null: there is none.</param>
    public async Task Failed(TakenFile file, DateTimeOffset now, string why, Func<Stream, Task>? errors = null)
    {
        if (errors is not null)
        {
            string path = Path.Combine(_own, "failed", Stamped(Path.GetFileNameWithoutExtension(file.Name), now) + ".errors.csv");
            await using (var to = File.Create(path + ".tmp")) await errors(to);
            File.Move(path + ".tmp", path, overwrite: true);
        }
        Failed(file.Path, now, why);
    }

    /// <summary>Writes a file to be fetched: it has its name when it is whole. The same name again replaces it.</summary>
    public async Task Put(string name, string content)
    {
        string path = Path.Combine(_own, "out", name);
        await File.WriteAllTextAsync(path + ".tmp", content);
        File.Move(path + ".tmp", path, overwrite: true);
    }

    private void Failed(string path, DateTimeOffset now, string why)
    {
        string to = Path.Combine(_own, "failed", Stamped(Path.GetFileName(path), now));
        File.WriteAllText(to + ".txt", why);
        Move(path, to);
    }

    /// <summary>A name that can be kept: what a file system allows is more than that. A long one loses its middle.</summary>
    private static string Tidy(string name)
    {
        string tidy = string.Concat(name.Select(c => char.IsControl(c) || char.IsSurrogate(c) || c == '\uFFFD' ? '_' : c));
        if (tidy.Length > MostName) tidy = tidy[..(MostName / 2)] + tidy[^(MostName / 2)..];
        while (System.Text.Encoding.UTF8.GetByteCount(tidy) > MostNameBytes) tidy = tidy.Remove(tidy.Length / 2, 1);
        return tidy;
    }

    private static string Stamped(string name, DateTimeOffset now) => $"{now.UtcDateTime:yyyyMMddHHmmssfff}-{name}";

    private static void Move(string from, string to)
    {
        try { File.Move(from, to, overwrite: true); }
        catch (FileNotFoundException) { /* another server has done it */ }
    }
}

/// <summary>A file that was taken and is under way.</summary>
/// <param name="Name">As it was dropped.</param>
public sealed record TakenFile(string Path, string Name);
