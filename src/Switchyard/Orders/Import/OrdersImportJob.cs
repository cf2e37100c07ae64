using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Files;
using Switchyard.Http;
using Switchyard.Jobs;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>What such a job was told to do; shown to people.</summary>
internal sealed record OrdersImport(string File, string Name, JsonElement Mapping, string? SavedMapping, bool DryRun, string As, string Channel);

/// <summary>
/// Imports a file of orders as a job. The import itself keeps how far it is with each batch and goes on there; the job watches it, so
/// that it can be followed, cancelled and taken over.
/// </summary>
internal sealed class OrdersImportJob : ImportJob
{
    private const int MostFailed = 100_000, RowsAtOnce = 2_000, RowsPreviewed = 20, RowsUndoneAtOnce = 50;
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);

    private sealed record Memory(ImportCounts Counts, string[] Headers, long Failed);

    public override string Kind => "orders";
    public override Permission Permission => Permission.OrdersImport;
    public override bool CanUndo => true;
    public override IReadOnlyList<FileColumn> Columns { get; } = [.. OrderMapping.Cells.Index().Select(c => new FileColumn(c.Item, c.Index < OrderMapping.Needed))];

    public override JsonElement? NamedMapping(string name) => ImportMappings.BuiltIn(name) is { } mapping ? JsonSerializer.SerializeToElement(mapping.Document, Json.Options) : null;

    public override Result<object> CheckMapping(JsonElement mapping, string at)
    {
        var parsed = ImportMappings.Parse(JsonSerializer.SerializeToUtf8Bytes(mapping));
        return parsed.Error is { } error ? error with { Fields = [.. error.Fields.Select(f => f with { Pointer = at + f.Pointer })] } : parsed.Value;
    }

    public override Task<Result<object>> Prepare(ImportWish wish, Db db, Actor actor, CancellationToken stop) => Task.FromResult(Prepare(wish));

    private Result<object> Prepare(ImportWish wish)
    {
        if (wish.As is null) return Error.Invalid([new FieldError("/as", "field.required", "Say as: history or open.")]);
        if (!wish.Upsert) return Error.Invalid([new FieldError("/upsert", "import.always_upserts", "Orders that are there already are passed over.")]);
        var mapping = wish.Mapping ?? NamedMapping("simple")!.Value;
        if (CheckMapping(mapping, "/mapping").Error is { } malformed) return malformed;
        return new OrdersImport(wish.File.Id.ToString(), wish.File.Name, mapping, wish.SavedMapping, wish.IsDryRun, wish.As, wish.Channel ?? "web");
    }

    public override async Task<Result<ImportPreview>> Preview(ImportWish wish, Db db, TimeProvider clock, Actor actor, CancellationToken stop)
    {
        var json = wish.Mapping ?? NamedMapping("simple")!.Value;
        if (CheckMapping(json, "/mapping") is { IsOk: false } malformed) return malformed.Error!;
        var mapping = ImportMappings.Parse(JsonSerializer.SerializeToUtf8Bytes(json)).Value;
        return await WithFile(db, actor, wish.File, stop, file =>
        {
            var rows = new List<PreviewRow>();
            var problems = new List<FieldError>();
            string[] headers = OrderFileHead.Headers(file, mapping);
            try
            {
                if (mapping.Document.Format is null)
                    foreach (var read in file.Rows(mapping, needsDate: wish.As == "history").Take(RowsPreviewed))
                        rows.Add(new PreviewRow(read.Line, Cells(read), read.Faults.Count > 0 ? "refused" : "created", [.. read.Faults.Select(f => new Switchyard.Files.RowFault(f.Field, f.Code, f.Reason))]));
            }
            catch (UnreadableFileException e) { problems.Add(new FieldError("", e.Error.Code, e.Error.Detail)); }
            return Task.FromResult<Result<ImportPreview>>(new ImportPreview(Kind,
                [.. OrderMapping.Cells.Select((cell, i) => new PreviewColumn(cell, i < OrderMapping.Needed, mapping.Document.Columns?.GetValueOrDefault(cell)))],
                headers, json, wish.File.Encoding, mapping.Delimiter, rows, [], problems));
        });
    }

    public override async Task<bool> Next(JobTurn turn)
    {
        if (turn.Job.UndoOf is not null) return await TakeBack(turn);
        var wanted = JsonSerializer.Deserialize<OrdersImport>(turn.Job.Arguments, Json.Options)!;
        if (await Uploads.Find(turn.Db, turn.Actor, wanted.File) is not { } upload) throw new JobRefusedException(UploadErrors.NotFound(wanted.File));
        var mapping = ImportMappings.Parse(JsonSerializer.SerializeToUtf8Bytes(wanted.Mapping));
        if (mapping.Error is { } malformed) throw new JobRefusedException(malformed);
        var options = new ImportOptions(mapping.Value, wanted.As == "history", wanted.Channel, wanted.DryRun) { Job = turn.Job.No };
        var done = await WithFile(turn.Db, turn.Actor, upload, turn.Stop, async file =>
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(turn.Stop);
            long rows = 0, total = 0;
            var import = turn.Services.GetRequiredService<OrderImport>();
            var run = Task.Run(() => import.Run(turn.Actor, file, options, (_, at, all) =>
            {
                if (all is not { } known) return;
                Interlocked.Exchange(ref rows, at);
                Interlocked.Exchange(ref total, known);
            }, end.Token), CancellationToken.None);
            try { await Watch(turn, run, () => (Interlocked.Read(ref rows), Interlocked.Read(ref total)), end); }
            catch
            {
                await end.CancelAsync();
                await run.ContinueWith(_ => { }, TaskScheduler.Default);
                throw;
            }
            try { return await Finish(turn, file, mapping.Value, await run); }
            catch (OperationCanceledException) when (turn.IsToEnd) { return false; }
        });
        return done.Error is { } error ? throw new JobRefusedException(error) : done.Value;
    }

    /// <summary>Tells how far it is, and keeps the lease, for as long as the import runs.</summary>
    private static async Task Watch(JobTurn turn, Task run, Func<(long Rows, long Total)> progress, CancellationTokenSource end)
    {
        while (await Task.WhenAny(run, Task.Delay(Beat, CancellationToken.None)) != run)
        {
            var (rows, total) = progress();
            long more = Math.Max(0, rows - turn.Job.Counts.Done);
            var told = await turn.Commit(_ => Task.FromResult<Result<JobStep>>(new JobStep(turn.Job.Position, []) { OkUnlisted = more, Total = total > 0 ? total : null }));
            if (told.Error is { } error) throw new JobRefusedException(error);
            if (turn.IsToEnd) await end.CancelAsync();
        }
    }

    /// <summary>Notes what became of the rows. A job that was told of as going well is corrected by the rows that did not.</summary>
    private static async Task<Result<bool>> Finish(JobTurn turn, OrderFile file, OrderMapping mapping, Result<ImportReport> result)
    {
        if (result.Error is { } refused) return refused;
        var report = result.Value;
        var failed = new List<JobRow>();
        await foreach (var group in ByLine(turn, report))
            if (group.Count > 0 && failed.Count < MostFailed) failed.Add(RowDetail.Failed(group[0].Line, $"line {Text.Invariant(group[0].Line)}", [.. group.Select(f => new Switchyard.Files.RowFault(f.Field, f.Code, f.Reason))]));
        long told = turn.Job.Counts.Failed;
        string memory = JsonSerializer.Serialize(new Memory(report.Counts, OrderFileHead.Headers(file, mapping), failed.Count), Json.Options);
        foreach (var part in failed.Skip((int)told).Chunk(RowsAtOnce))
        {
            var kept = await turn.Commit(_ => Task.FromResult<Result<JobStep>>(new JobStep(part[^1].No, part)));
            if (kept.Error is { } error) return error;
        }
        if (report.RunId is { } run && report.Job == turn.Job.No && await List(turn, run, report.Counts.Rows) is { } stuck) return stuck;
        long rows = Math.Max(report.Counts.Rows, failed.Count);
        var last = await turn.Commit(_ => Task.FromResult<Result<JobStep>>(new JobStep(turn.Job.Position, []) { OkUnlisted = rows - turn.Job.Counts.Done, Total = rows, Memory = memory }));
        return last.Error is { } odd ? odd : true;
    }

    /// <summary>Each order that this job stored is a row, numbered behind those of the file, by which it can be taken back.</summary>
    private static async Task<Error?> List(JobTurn turn, long run, long rowsOfFile)
    {
        long no = rowsOfFile + 1;
        for (OrderId? after = null; ;)
        {
            var page = await turn.Db.Read(turn.Actor, work => ImportRuns.Orders(work, run, after, RowsAtOnce));
            if (page.Count == 0) return null;
            var rows = page.ConvertAll(id => new JobRow(++no, id.ToString(), JobRowState.Ok, null, "created", null, TakeBackOrders.Keep(run)));
            var kept = await turn.Commit(_ => Task.FromResult<Result<JobStep>>(new JobStep(no, rows)));
            if (kept.Error is { } error) return error;
            after = page[^1];
        }
    }

    private static async Task<bool> TakeBack(JobTurn turn)
    {
        var rows = await turn.ToUndo(RowsUndoneAtOnce);
        if (rows.Count == 0) return true;
        var done = await turn.Commit(async work =>
        {
            await ImportRuns.Forget(work, TakeBackOrders.RunOf(rows[0]));
            return new JobStep(rows[^1].No, await TakeBackOrders.Change(work, turn.Actor, rows, turn.Clock.GetUtcNow()));
        });
        return done.Error is { } why ? throw new JobRefusedException(why) : false;
    }

    private static async IAsyncEnumerable<List<RowFault>> ByLine(JobTurn turn, ImportReport report)
    {
        var group = new List<RowFault>();
        var page = report.Faults;
        for (RowFault? after = null; ; after = page[^1])
        {
            if (report.RunId is { } run) page = await turn.Db.Read(turn.Actor, work => ImportRuns.Faults(work, run, after, RowsAtOnce));
            foreach (var fault in page.Where(f => !ImportOrders.RowSaid.IsWarning(f.Code)))
            {
                if (group.Count > 0 && group[0].Line != fault.Line) { yield return group; group = []; }
                group.Add(fault);
            }
            if (report.RunId is null || page.Count == 0) break;
        }
        yield return group;
    }

    public override ImportResult Result(ReadJob job, IReadOnlyList<ImportError> errors)
    {
        var wanted = JsonSerializer.Deserialize<OrdersImport>(job.Arguments, Json.Options)!;
        var counts = job.Memory is { } memory ? JsonSerializer.Deserialize<Memory>(memory, Json.Options) : null;
        return new ImportResult(null, Kind, wanted.DryRun, job.View.State, counts?.Counts.Rows ?? job.View.Counts.Done, counts?.Counts.Orders ?? 0, 0, counts?.Counts.OrdersKnown ?? 0,
            counts?.Failed ?? job.View.Counts.Failed, [], errors)
        { Job = job.View.Id };
    }

    public override ErrorSource? Source(ReadJob job)
    {
        if (job.Memory is not { } memory) return null;
        var wanted = JsonSerializer.Deserialize<OrdersImport>(job.Arguments, Json.Options)!;
        var mapping = ImportMappings.Parse(JsonSerializer.SerializeToUtf8Bytes(wanted.Mapping)).Value;
        return new ErrorSource(wanted.File, JsonSerializer.Deserialize<Memory>(memory, Json.Options)!.Headers, mapping.Delimiter[0], null, mapping.Document.Columns?.GetValueOrDefault("order"));
    }

    /// <summary>Files of orders are read twice, so they lie in a file of their own while they are.</summary>
    private static async Task<Result<T>> WithFile<T>(Db db, Actor actor, Upload upload, CancellationToken stop, Func<OrderFile, Task<Result<T>>> body)
    {
        string path = Path.GetTempFileName();
        try
        {
            await using (var target = File.Create(path))
            {
                // Packed files are unpacked by whoever reads them; of others the text is UTF-8 from here on.
                await using var source = upload.Encoding == "utf-8" || await IsPacked(db, actor, upload, stop) ? UploadStream.Raw(db, actor, upload) : await UploadStream.Open(db, actor, upload, null, 0, stop);
                await source.CopyToAsync(target, stop);
            }
            return await body(new OrderFile(path, upload.Name));
        }
        finally { File.Delete(path); }
    }

    private static async Task<bool> IsPacked(Db db, Actor actor, Upload upload, CancellationToken stop)
    {
        await using var raw = UploadStream.Raw(db, actor, upload);
        byte[] magic = new byte[2];
        return await raw.ReadAtLeastAsync(magic, 2, throwOnEndOfStream: false, stop) == 2 && magic is [0x1f, 0x8b];
    }

    private static string[] Cells(RowRead read) => read.Row is { } row
        ? [row.Order, row.Sku, Text.Invariant(row.Quantity), row.Price.ToString(System.Globalization.CultureInfo.InvariantCulture), row.Name ?? ""] : [read.Order ?? ""];
}
