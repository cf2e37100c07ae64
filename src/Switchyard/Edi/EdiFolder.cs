using System.Globalization;
using System.Text;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Edi;

/// <summary>
/// A pair of folders for each merchant, behind which an SFTP server may stand: what is put into <c>in</c> is taken and moved to <c>done</c> or <c>failed</c>; what waits to go out is
/// written to <c>out</c>. Both may happen twice: a control number counts once, and a file is written under the same name. Folders are named by the merchant's number.
/// </summary>
public sealed class EdiFolder(Db db, TakeInterchange take, TimeProvider clock, ILogger<EdiFolder> log) : BackgroundService
{
    public const string Setting = "SWITCHYARD_EDI_FOLDER";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5), Settled = TimeSpan.FromSeconds(2);
    private const int MostFiles = 200;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Environment.GetEnvironmentVariable(Setting) is { Length: > 0 } root
        ? Rounds.Every(Pause, clock, () => Handle(root), log, "EDI folders were not looked at", stoppingToken) : Task.CompletedTask;

    /// <returns>Files that were taken or written.</returns>
    public async Task<int> Handle(string root)
    {
        int moved = 0;
        foreach (string folder in Directory.Exists(root) ? Directory.GetDirectories(root).Order(StringComparer.Ordinal) : Enumerable.Empty<string>())
        {
            if (!long.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out long merchant)) continue;
            foreach (string name in (string[])["in", "out", "done", "failed"]) Directory.CreateDirectory(Path.Combine(folder, name));
            moved += await In(folder, merchant) + await Out(folder, merchant);
        }
        return moved;
    }

    private async Task<int> In(string folder, long merchant)
    {
        // A file that is still being written has a name of its own (.tmp, .part), or was changed a moment ago.
        var files = new DirectoryInfo(Path.Combine(folder, "in")).EnumerateFiles().Where(f => f.Name[0] != '.' && f.Extension is not (".tmp" or ".part" or ".filepart")
            && clock.GetUtcNow() - f.LastWriteTimeUtc >= Settled).OrderBy(f => f.LastWriteTimeUtc).ThenBy(f => f.Name, StringComparer.Ordinal).Take(MostFiles).ToList();
        foreach (var file in files)
        {
            string? fault = file.Length > TakeInterchange.MostBytes ? "It is larger than 1 MiB." : null;
            if (fault is null)
            {
                var taken = await take.Handle(Actor.House("edi:folder", merchant), await File.ReadAllTextAsync(file.FullName, Encoding.UTF8), file.Name.Length > 100 ? file.Name[..100] : file.Name);
                if (taken.Error is { Kind: ErrorKind.Busy or ErrorKind.Unavailable }) return 0;             // it stays, and is taken later
                fault = taken.Error is { } error ? $"{error.Code}: {error.Detail}" : null;
            }
            string name = $"{clock.GetUtcNow().UtcDateTime:yyyyMMddHHmmssfff}-{file.Name}";
            if (fault is not null) await File.WriteAllTextAsync(Path.Combine(folder, "failed", name + ".txt"), fault);
            file.MoveTo(Path.Combine(folder, fault is null ? "done" : "failed", name), overwrite: true);
        }
        return files.Count;
    }

    private async Task<int> Out(string folder, long merchant)
    {
        var actor = Actor.House("edi:folder", merchant);
        var waiting = await db.Read(actor, work => InterchangesSql.Read(work, "i.state = 'waiting' order by i.id limit @limit", withContent: true, ("limit", (long)MostFiles)), snapshot: true);
        foreach (var one in waiting)
        {
            string path = Path.Combine(folder, "out", $"{string.Concat((one.Partner ?? "partner").Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_'))}-{one.Control}.edi");
            await File.WriteAllTextAsync(path + ".tmp", one.Content ?? "");
            File.Move(path + ".tmp", path, overwrite: true);
            await db.Write<Done>(actor, async work =>
            {
                await ReadInterchanges.MarkFetched(work, [one.Id.Value], clock.GetUtcNow());
                return (Result<Done>)new Done();
            });
        }
        return waiting.Count;
    }
}
