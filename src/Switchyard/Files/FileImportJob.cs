using System.Text.Json;
using CsvHelper;
using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Jobs;
using Switchyard.Kernel;

namespace Switchyard.Files;

/// <summary>What such a job was told to do; shown to people.</summary>
internal sealed record FileImport(string File, string Name, FileMapping? Mapping, string? SavedMapping, bool DryRun, bool Upsert);

/// <summary>How far such a job is. Kept with the job in the transaction of each batch, so that no row is done twice and none is left out.</summary>
/// <param name="Offset">Where the next row begins, in bytes of the file as UTF-8.</param>
/// <param name="Line">The line of the next row.</param>
internal sealed record FileImportState(string[] Headers, char Separator, IReadOnlyList<string> Warnings, long Offset, long Line, long Rows, long Created, long Updated, long Unchanged, long Failed);

/// <summary>Imports a file of one kind: batch by batch, each with what became of its rows in one transaction, from where it stopped.</summary>
internal sealed partial class FileImportJob(FileKind kind) : ImportJob
{
    private const int BatchesATurn = 4, RowsUndoneAtOnce = 200;

    public override string Kind => kind.Name;
    public override Permission Permission => kind.Writes;
    public override bool IsShared => kind.IsShared;
    public override bool CanUndo => kind.CanUndo;
    public override IReadOnlyList<FileColumn> Columns => kind.Columns;

    public override JsonElement? NamedMapping(string name) => kind.NamedMapping(name) is { } mapping ? JsonSerializer.SerializeToElement(mapping, Json.Options) : null;

    public override async Task<bool> Next(JobTurn turn)
    {
        var merchants = kind.IsShared ? await CatalogVersion.Merchants(turn.Db) : [];
        if (turn.Job.UndoOf is not null) return await TakeBack(turn, merchants);
        var wanted = JsonSerializer.Deserialize<FileImport>(turn.Job.Arguments, Json.Options)!;
        if (await Uploads.Find(turn.Db, turn.Actor, wanted.File) is not { } file) throw new JobRefusedException(UploadErrors.NotFound(wanted.File));
        try
        {
            if (turn.Job.Memory is not { } memory) return await Begin(turn, file, wanted);
            return await Rows(turn, file, wanted, JsonSerializer.Deserialize<FileImportState>(memory, Json.Options)!, merchants);
        }
        catch (CsvFormatException)
        {
            throw new JobRefusedException(Error.Invalid("import.row_too_long", $"A row has more than {CsvText.MostRowBytes} bytes; perhaps a quotation mark is not closed. The rest was not read."));
        }
    }

    private static async Task<bool> Begin(JobTurn turn, Upload file, FileImport wanted)
    {
        var (csv, separator) = await CsvText.Start(await UploadStream.Open(turn.Db, turn.Actor, file, wanted.Mapping?.Encoding, 0, turn.Stop), wanted.Mapping?.Delimiter is [var told] ? told : null, _ => { }, turn.Stop);
        using (csv)
        {
            await csv.ReadHeaderAsync(turn.Stop);
            bool hasRows = await csv.ReadAsync(turn.Stop);
            var state = new FileImportState([.. csv.Headers], separator, [], hasRows ? csv.ByteOffset : file.Bytes, hasRows ? csv.LineNumber : 1, 0, 0, 0, 0, 0);
            await Keep(turn, _ => Task.FromResult<Result<JobStep>>(new JobStep(0, []) { Memory = Written(state), Total = hasRows ? null : 0 }));
            return !hasRows;
        }
    }

    private async Task<bool> Rows(JobTurn turn, Upload file, FileImport wanted, FileImportState state, IReadOnlyList<long> merchants)
    {
        var header = FileHeader.Read(kind, state.Headers, wanted.Mapping);
        if (header.Error is { } refused) throw new JobRefusedException(refused);
        state = state with { Warnings = header.Value.Warnings };
        var damaged = new HashSet<long>();
        using var csv = CsvText.GoOn(await UploadStream.Open(turn.Db, turn.Actor, file, wanted.Mapping?.Encoding, state.Offset, turn.Stop), state.Separator, line => damaged.Add(line));
        var (from, line) = (state.Offset, state.Line);
        var batch = new RowBatch(kind);
        int most = wanted.DryRun ? ImportFile.DryRowsAtOnce : kind.RowsAtOnce;
        for (int batches = 0; await csv.ReadAsync(turn.Stop);)
        {
            string[] cells = csv.Current.ToArray();
            if (batch.Rows == most)
            {
                state = await Save(turn, wanted, batch, state with { Offset = from + csv.ByteOffset, Line = line + csv.LineNumber - 1 }, file.Bytes, merchants, isLast: false);
                batch = new RowBatch(kind);
                if (turn.IsToEnd || ++batches == BatchesATurn) return false;
            }
            if (cells.All(string.IsNullOrWhiteSpace)) continue;
            batch.Add(RowCells.Read(header.Value, cells, csv.RawRecord, line + csv.LineNumber - 1, damaged.Remove(csv.LineNumber), wanted.Mapping?.Mark ?? '.'));
        }
        await Save(turn, wanted, batch, state with { Offset = from + csv.ByteOffset }, file.Bytes, merchants, isLast: true);
        return true;
    }

    /// <summary>Saves a batch. What may heal by itself is tried again; what does not is the fault of its rows.</summary>
    private async Task<FileImportState> Save(JobTurn turn, FileImport wanted, RowBatch batch, FileImportState next, long bytes, IReadOnlyList<long> merchants, bool isLast)
    {
        FileImportState? after = null;
        Error? lasting = null;
        for (int attempt = 1; after is null; attempt++)
        {
            bool isToSave = lasting is null && !wanted.DryRun;
            if (lasting is null && wanted.DryRun)
            {
                var tried = kind.IsShared ? await turn.Db.WriteShared<Done>(turn.Actor, merchants, Dry) : await turn.Db.Write<Done>(turn.Actor, Dry);
                if (tried.Error is { } odd && odd != ImportFile.DryRunEnd) { Judge(odd, attempt); continue; }
            }
            var done = await turn.Commit(async work =>
            {
                if (isToSave && await Write(work, turn, wanted, batch) is { } error) return error;
                var (step, counted) = Count(batch, next, bytes, isLast, keepUndo: !wanted.DryRun);
                after = counted;
                return step;
            }, merchants);
            if (done.Error is not { } why) break;
            after = null;
            Judge(why, attempt);
        }
        return after!;

        async Task<Result<Done>> Dry(Work work) => await Write(work, turn, wanted, batch) is { } error ? error : ImportFile.DryRunEnd;

        void Judge(Error why, int attempt)
        {
            if (why.Kind is ErrorKind.Busy or ErrorKind.Unavailable || lasting is not null) throw new JobRefusedException(why);
            if (attempt < ImportFile.MostTries) return;
            lasting = why;
            foreach (var row in batch.Slices.SelectMany(s => s).Where(r => r.IsSound)) row.Fault("", why.Code, why.Detail);
        }
    }

    private async Task<Error?> Write(Work work, JobTurn turn, FileImport wanted, RowBatch batch)
    {
        foreach (var slice in batch.Slices)
        {
            var sound = slice.Where(r => r.IsSound).ToList();
            if (sound.Count == 0) continue;
            var before = kind.HasStates ? await kind.States(work, turn.Actor, [.. sound.Select(kind.Key)]) : [];
            if (!wanted.Upsert)
                foreach (var row in sound.Where(r => before.ContainsKey(kind.Key(r)))) row.Fault("", "import.row_exists", "It exists already, and only new ones were wanted.");
            sound.RemoveAll(r => !r.IsSound);
            if (sound.Count > 0 && await kind.Save(work, turn.Actor, turn.Clock.GetUtcNow(), sound) is { } error) return error;
            if (!kind.HasStates || wanted.DryRun) continue;
            var changed = sound.Where(r => r.IsSound && r.Outcome is SaveOutcome.Created or SaveOutcome.Updated).ToList();
            var after = await kind.States(work, turn.Actor, [.. changed.Select(kind.Key)]);
            foreach (var row in changed)
                row.Undo = after.TryGetValue(kind.Key(row), out string? state) ? StateUndo.Keep(kind.Key(row), before.GetValueOrDefault(kind.Key(row)), state) : null;
        }
        return null;
    }

    private (JobStep Step, FileImportState After) Count(RowBatch batch, FileImportState next, long bytes, bool isLast, bool keepUndo)
    {
        var rows = new List<JobRow>();
        long created = 0, updated = 0, unchanged = 0, unlisted = 0, failed = 0;
        foreach (var row in batch.Slices.SelectMany(s => s))
        {
            if (!row.IsSound) { failed++; rows.Add(RowDetail.Failed(row.Line, Name(row), row.Faults)); continue; }
            if (row.Outcome is not (SaveOutcome.Created or SaveOutcome.Updated)) { unchanged++; continue; }
            if (row.Outcome == SaveOutcome.Created) created++; else updated++;
            if (keepUndo && row.Undo is { } undo) rows.Add(new JobRow(row.Line, Name(row), JobRowState.Ok, null, row.Outcome == SaveOutcome.Created ? "created" : "updated", null, undo));
            else unlisted++;
        }
        var after = next with
        {
            Rows = next.Rows + batch.Rows,
            Created = next.Created + created,
            Updated = next.Updated + updated,
            Unchanged = next.Unchanged + unchanged,
            Failed = next.Failed + failed,
        };
        // The rows in all are known by the part of the file that has been read.
        long total = isLast || after.Offset == 0 ? after.Rows : Math.Max(after.Rows, (long)(after.Rows * (bytes / (double)after.Offset)));
        return (new JobStep(after.Line, rows) { Memory = Written(after), Total = total, OkUnlisted = unlisted, SkippedUnlisted = unchanged }, after);
    }

    /// <summary>The last rows first; a thing that stands in several rows goes back step by step.</summary>
    private async Task<bool> TakeBack(JobTurn turn, IReadOnlyList<long> merchants)
    {
        var rows = await turn.ToUndo(RowsUndoneAtOnce);
        if (rows.Count == 0) return true;
        await Keep(turn, async work =>
        {
            var after = new List<JobRow>(rows.Count);
            var slice = new List<JobRow>();
            foreach (var row in rows)
            {
                if (slice.Any(r => r.Reference == row.Reference)) await Flush();
                slice.Add(row);
            }
            await Flush();
            return new JobStep(rows[^1].No, after);

            async Task Flush()
            {
                var left = await kind.TakeBack(work, turn.Actor, turn.Clock.GetUtcNow(), [.. slice.Select(r => r.Undo!)]);
                after.AddRange(slice.Zip(left, (row, why) => why is null ? row with { State = JobRowState.Ok, Message = "undone", Undo = null, Detail = null }
                    : why.Code.StartsWith("import.", StringComparison.Ordinal) ? row.Skipped(why.Code, why.Detail) with { Undo = null } : row.Failed(why) with { Undo = null }));
                slice.Clear();
            }
        }, merchants);
        return false;
    }

    private string Name(FileRow row) => kind.Key(row).Replace('\n', ' ').Trim();

    private static string Written(FileImportState state) => JsonSerializer.Serialize(state, Json.Options);

    private static async Task Keep(JobTurn turn, Func<Work, Task<Result<JobStep>>> body, IReadOnlyList<long>? merchants = null)
    {
        if ((await turn.Commit(body, merchants)).Error is { } error) throw new JobRefusedException(error);
    }
}
