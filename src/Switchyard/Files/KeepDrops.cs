using Switchyard.Database;
using Switchyard.Jobs;
using Switchyard.Kernel;

namespace Switchyard.Files;

/// <summary>
/// Imports what is put into the folders that are watched (<see cref="DropFolder"/>), each file as a job. When its job is over, the file goes to <c>done</c>, or to <c>failed</c> with the
/// reason, and the rows to be mended, beside it. A file that is dropped twice is imported twice, which changes nothing: rows are written by key, orders by their numbers.
/// </summary>
public sealed class KeepDrops(Db db, IEnumerable<JobKind> kinds, TimeProvider clock, ILogger<KeepDrops> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5), KeptFor = TimeSpan.FromDays(180);
    private const int MostFiles = 50, MostRunning = 200;

    private readonly Sightings _sightings = new();

    private sealed record Running(Guid Id, string Name, string? Job);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => DropFolder.Root is { } root
        ? Rounds.Every(Pause, clock, () => Handle(root, stoppingToken), log, "Folders were not looked at", stoppingToken) : Task.CompletedTask;

    /// <returns>Files that were taken or finished.</returns>
    public async Task<int> Handle(string root, CancellationToken stop)
    {
        int moved = 0;
        foreach (var drop in await db.ReadAll(work => work.Query($"select {FileDrop.Columns} from file_drops d order by d.merchant_id, d.code /* house */", FileDrop.Read)))
            try
            {
                var folder = new DropFolder(root, drop.Merchant, "files", drop.Code);
                moved += await Finish(drop, folder, stop);
                if (drop.IsActive) moved += await Begin(drop, folder, stop);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException) { log.LogError(e, "The folder {Folder} cannot be used", drop.Code); }
        await db.WriteAll(work => work.Execute("delete from file_drop_files where state <> 'running' and at_ms < @before /* house */", ("before", (clock.GetUtcNow() - KeptFor).ToUnixTimeMilliseconds())));
        return moved;
    }

    private async Task<int> Begin(FileDrop drop, DropFolder folder, CancellationToken stop)
    {
        var running = (await RunningOf(drop)).Select(r => r.Name).ToHashSet(StringComparer.Ordinal);
        if (running.Count >= MostRunning) return 0;
        foreach (var stuck in folder.LeftOver(clock.GetUtcNow()).Where(f => !running.Contains(f.Name))) folder.GiveBack(stuck);
        var files = folder.Take(_sightings, clock.GetUtcNow(), MostFiles);
        foreach (var file in files)
        {
            var begun = await Start(drop, file, stop);
            if (begun.Error is not { } error) continue;
            if (error.Kind is ErrorKind.Busy or ErrorKind.Unavailable) { folder.GiveBack(file); continue; }
            string why = error.Fields.Count == 0 ? $"{error.Code}: {error.Detail}" : string.Join(Environment.NewLine, error.Fields.Select(f => $"{f.Pointer} {f.Code}: {f.Detail}"));
            await Note(drop, file.Name, why);
            await folder.Failed(file, clock.GetUtcNow(), why);
        }
        return files.Count;
    }

    /// <summary>Keeps the file, and starts its import in the transaction that notes whose it is.</summary>
    private async Task<Result<Done>> Start(FileDrop drop, TakenFile file, CancellationToken stop)
    {
        var actor = drop.Actor;
        if (StartImport.Kinds(kinds, actor).FirstOrDefault(k => k.Kind == drop.Kind) is not { } kind)
            return Error.Invalid([new FieldError("/kind", "field.unknown_value", $"Who set the folder up may not import {drop.Kind}.")]);
        if (new FileInfo(file.Path).Length > FilesRoom.MostFileBytes) return Error.Invalid("request.too_large", "The file is larger than 256 MiB.");
        string uploadId;
        await using (var content = File.OpenRead(file.Path))
        {
            var kept = await Uploads.Take(content, file.Name, db, clock, actor, stop);
            if (kept.Error is { } unkept) return unkept;
            uploadId = kept.Value.Id.ToString();
        }
        var upload = (await Uploads.Find(db, actor, uploadId))!;
        var mapping = drop.Mapping is not { } name ? null : (await KeepMappings.Find(db, actor, kind.Kind, name))?.Mapping ?? kind.NamedMapping(name);
        if (drop.Mapping is not null && mapping is null) return MappingErrors.NotFound(kind.Kind, drop.Mapping);
        var arguments = await kind.Prepare(new ImportWish(upload, mapping, drop.Mapping, false, true, drop.As, drop.Channel), db, actor, stop);
        if (arguments.Error is { } refused) return refused;
        return await db.Write<Done>(actor, async work =>
        {
            var job = await StartJob.Handle(work, actor, clock.GetUtcNow(), new NewJob(kind, arguments.Value));
            await Insert(work, drop, file.Name, "running", job.Id.ToString(), null);
            return new Done();
        });
    }

    private async Task<int> Finish(FileDrop drop, DropFolder folder, CancellationToken stop)
    {
        int finished = 0;
        foreach (var running in await RunningOf(drop))
        {
            var jobs = kinds.OfType<ImportJob>().ToList();
            var actor = Access.Actor.House("drop:" + drop.Code, drop.Merchant);
            var job = await db.Read(actor, work => JobReader.Find(work, running.Job ?? "", actor, jobs));
            if (job is { View.State: not ("done" or "failed" or "cancelled") }) continue;
            string? fault = job is null ? "Its import is gone." : job.View.State == "cancelled" ? "Its import was cancelled."
                : job.View.Error is { } error ? $"{error.Code}: {error.Detail}" : job.View.Counts.Failed > 0 ? $"Rows that were not taken: {job.View.Counts.Failed}. They are beside it, to be mended." : null;
            if (folder.UnderWay(running.Name) is { } file)
            {
                if (fault is null) folder.Done(file, clock.GetUtcNow());
                else await folder.Failed(file, clock.GetUtcNow(), fault, job is { View.Counts.Failed: > 0 }
                    ? to => ErrorFile.Write((jobs.Single(k => k.Code == job.View.Kind), job), to, db, actor, stop) : null);
            }
            await db.Write<Done>(actor, async work =>
            {
                await work.Execute("update file_drop_files set state = @state, fault = @fault::text where merchant_id = @merchant and id = @id and state = 'running'",
                    ("id", running.Id), ("state", fault is null ? "done" : "failed"), ("fault", fault));
                return new Done();
            });
            finished++;
        }
        return finished;
    }

    private Task<List<Running>> RunningOf(FileDrop drop) => db.Read(Access.Actor.House("drop:" + drop.Code, drop.Merchant), work => work.Query(
        "select id, name, job_id from file_drop_files where merchant_id = @merchant and drop_id = @drop and state = 'running' order by id limit @most",
        row => new Running(row.Uuid(), row.Text(), row.TextOrNull()), ("drop", drop.Id), ("most", (long)MostRunning + MostFiles)));

    private Task Note(FileDrop drop, string name, string fault) => db.Write<Done>(Access.Actor.House("drop:" + drop.Code, drop.Merchant), async work =>
    {
        await Insert(work, drop, name, "failed", null, fault);
        return new Done();
    });

    private Task Insert(Work work, FileDrop drop, string name, string state, string? job, string? fault) => work.Execute(
        """
        insert into file_drop_files (id, merchant_id, drop_id, name, job_id, state, fault, at_ms) values (@id, @merchant, @drop, @name, @job::text, @state, @fault::text, @now)
        """, ("id", Guid.CreateVersion7(clock.GetUtcNow())), ("drop", drop.Id), ("name", name), ("job", job), ("state", state),
        ("fault", fault is { Length: > 1_000 } ? fault[..1_000] : fault), ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()));
}
