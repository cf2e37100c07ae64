using System.Text;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Files;
using Switchyard.Kernel;

namespace Switchyard.Edi;

/// <summary>
/// Exchanges with the partners that are to be reached by a folder (<see cref="DropFolder"/>): what is put into <c>in</c> is taken and moved to <c>done</c> or <c>failed</c>, what waits to go
/// out is written to <c>out</c>. Both may happen twice: a control number counts once, and a file is written under the same name.
/// </summary>
public sealed class EdiFolder(Db db, TakeInterchange take, TimeProvider clock, ILogger<EdiFolder> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private const int MostFiles = 200;

    private readonly Sightings _sightings = new();

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => DropFolder.Root is { } root
        ? Rounds.Every(Pause, clock, () => Handle(root), log, "EDI folders were not looked at", stoppingToken) : Task.CompletedTask;

    /// <returns>Files that were taken or written.</returns>
    public async Task<int> Handle(string root)
    {
        var partners = (await db.ReadAll(work => work.Query($"select {EdiPartner.Columns} from edi_partners p where p.is_active = true order by p.merchant_id, p.code /* house */", EdiPartner.Read)))
            .Where(p => p.Settings.ByFolder);
        int moved = 0;
        foreach (var partner in partners)
            try { moved += await Exchange(new DropFolder(root, partner.Merchant, "edi", partner.Code), partner); }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException) { log.LogError(e, "The folder of EDI partner {Partner} cannot be used", partner.Code); }
        return moved;
    }

    private async Task<int> Exchange(DropFolder folder, EdiPartner partner)
    {
        foreach (var stuck in folder.LeftOver(clock.GetUtcNow())) folder.GiveBack(stuck);
        var files = folder.Take(_sightings, clock.GetUtcNow(), MostFiles);
        foreach (var file in files)
        {
            var (isLater, fault) = await Read(file, partner);
            if (isLater) folder.GiveBack(file);
            else if (fault is null) folder.Done(file, clock.GetUtcNow());
            else await folder.Failed(file, clock.GetUtcNow(), fault);
        }
        return files.Count + await Out(folder, partner);
    }

    private async Task<(bool IsLater, string? Fault)> Read(TakenFile file, EdiPartner partner)
    {
        if (new FileInfo(file.Path).Length > TakeInterchange.MostBytes) return (false, "It is larger than 1 MiB.");
        string name = string.Concat(file.Name.Select(c => c is >= ' ' and < (char)127 ? c : '_'));
        var taken = await take.Handle(Actor.House("edi:folder", partner.Merchant), Decode(await File.ReadAllBytesAsync(file.Path)), name, partner.Code);
        if (taken.Error is { } error) return (error.Kind is ErrorKind.Busy or ErrorKind.Unavailable, $"{error.Code}: {error.Detail}");
        var lines = taken.Value.Interchanges.SelectMany(i => i.State == "refused" ? [$"Interchange {i.Control}: refused, TA105 {i.Note}"]
            : i.Messages.SelectMany(m => m.Faults.Where(_ => m.State is "refused" or "failed").Select(f => $"Interchange {i.Control}, {m.Set} {m.Control}: {f.Place} {f.Code}: {f.Detail}"))).Distinct().ToList();
        return (false, lines.Count == 0 ? null : string.Join(Environment.NewLine, lines));
    }

    /// <summary>UTF-8 where it is that throughout, else Latin-1: of X12's own characters both have the same bytes.</summary>
    private static string Decode(byte[] bytes)
    {
        try { return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes); }
        catch (DecoderFallbackException) { return Encoding.Latin1.GetString(bytes); }
    }

    private async Task<int> Out(DropFolder folder, EdiPartner partner)
    {
        var actor = Actor.House("edi:folder", partner.Merchant);
        var waiting = await db.Read(actor, work => InterchangesSql.Read(work, "i.state = 'waiting' and i.partner_id = @partner order by i.id limit @limit", withContent: true,
            ("partner", partner.Id), ("limit", (long)MostFiles)), snapshot: true);
        foreach (var one in waiting)
        {
            await folder.Put($"{one.Control}-{one.Sets}.edi", one.Content ?? "");
            await db.Write<Done>(actor, async work =>
            {
                await ReadInterchanges.MarkFetched(work, [one.Id.Value], clock.GetUtcNow());
                return (Result<Done>)new Done();
            });
        }
        return waiting.Count;
    }
}
