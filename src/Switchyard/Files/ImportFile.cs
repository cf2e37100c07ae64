using System.Text.Json;
using CsvHelper;
using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Files;

/// <summary>What became of a file. <c>Errors</c> are the first 100; all of them are in errors.csv.</summary>
/// <param name="RunId">Of a file that was sent with the request.</param>
public sealed record ImportResult(long? RunId, string Kind, bool IsDryRun, string State, long Rows, long Created, long Updated, long Unchanged, long Failed,
    IReadOnlyList<string> Warnings, IReadOnlyList<ImportError> Errors)
{
    /// <summary>Of a file that is imported as a job.</summary>
    public JobId? Job { get; init; }
}

public sealed record ImportError(long Line, string Field, string Code, string Reason);

/// <summary>
/// Imports a CSV file: every row is written by its key, what is unchanged writes nothing, and a bad row stops no good one.
/// </summary>
public static class ImportFile
{
    /// <summary>Rows a transaction. A dry run, which keeps nothing, sees more of the file at once, so that rows may build on earlier ones.</summary>
    public const int RowsAtOnce = 1_000, DryRowsAtOnce = 20_000;

    public const int MostErrorsShown = 100, MostColumns = 500;
    internal const int MostTries = 5;

    public static readonly Error Empty = Error.Invalid("import.empty", "The file has no header line.");

    /// <summary>How far an import is, for whoever watches.</summary>
    public delegate void Watch(long rows, long bytes);

    public static async Task<Result<ImportResult>> Handle(FileKind kind, Stream file, bool isDryRun, Db db, TimeProvider clock, Actor actor,
        CancellationToken stop, Watch? watch = null, FileMapping? mapping = null)
    {
        var run = new Run(kind, isDryRun, db, clock, actor, mapping);
        try
        {
            using var csv = (await CsvText.Start(file, mapping?.Delimiter is [var told] ? told : null, run.Damaged, stop)).Csv;
            await csv.ReadHeaderAsync(stop);
            if (csv.Headers.Count == 0) return Empty;
            if (run.ReadHeader([.. csv.Headers]) is { } refused) return refused;
            await run.Begin();
            await run.Rows(csv, watch, stop);
            return await run.End("done");
        }
        catch (CsvFormatException)
        {
            string why = $"A row has more than {CsvText.MostRowBytes} bytes; perhaps a quotation mark is not closed.";
            if (!run.IsBegun) return Error.Invalid("import.row_too_long", why);
            run.Stopped("import.row_too_long", why + " The rest was not read.");
            return await run.End("failed");
        }
        finally
        {
            if (run.IsBegun && !run.IsEnded) await run.End("failed");
        }
    }

    /// <summary>One file on its way.</summary>
    private sealed class Run(FileKind kind, bool isDryRun, Db db, TimeProvider clock, Actor actor, FileMapping? mapping)
    {
        private readonly List<ImportError> _shown = [];
        private FileHeader _header = null!;
        private readonly Actor _actor = actor with { Stamp = null };
        private readonly HashSet<long> _damaged = [];
        private long _id, _rows, _created, _updated, _unchanged, _failed, _line = 1;
        private List<long> _merchants = [];

        public bool IsBegun => _id > 0;
        public bool IsEnded { get; private set; }

        public Error? ReadHeader(string[] headers)
        {
            var read = FileHeader.Read(kind, headers, mapping);
            if (read.IsOk) _header = read.Value;
            return read.Error;
        }

        public async Task Begin()
        {
            if (kind.IsShared) _merchants = await CatalogVersion.Merchants(db);
            long now = clock.GetUtcNow().ToUnixTimeMilliseconds();
            string unique = Guid.CreateVersion7(clock.GetUtcNow()).ToString("N");
            _id = (await db.Write<List<long>>(_actor, async work => await work.Query(
                """
                insert into import_runs (merchant_id, kind, source, source_hash, options, state, started_at_ms, updated_at_ms)
                values (@merchant, @kind, 'upload', @hash, @options, 'running', @now, @now) returning id
                """, row => row.Long(), ("kind", kind.Name), ("hash", unique),
                ("options", isDryRun ? """{"dryRun":true}""" : "{}"), ("now", now)))).Value.Single();
        }

        public void Damaged(long line) => _damaged.Add(line);

        public async Task Rows(CsvReader csv, Watch? watch, CancellationToken stop)
        {
            // A batch is one transaction; a slice of it is saved at once, so it holds no key twice.
            var batch = new RowBatch(kind);
            int most = isDryRun ? DryRowsAtOnce : kind.RowsAtOnce;
            try
            {
                while (await csv.ReadAsync(stop))
                {
                    _line = csv.LineNumber;
                    string[] cells = csv.Current.ToArray();
                    if (cells.All(string.IsNullOrWhiteSpace)) continue;
                    var row = RowCells.Read(_header, cells, csv.RawRecord, _line, _damaged.Remove(_line), mapping?.Mark ?? '.');
                    if (batch.Rows == most)
                    {
                        await Flush(batch.Slices);
                        watch?.Invoke(_rows, csv.ByteOffset);
                        batch = new RowBatch(kind);
                    }
                    batch.Add(row);
                }
            }
            catch (CsvFormatException)
            {
                await Flush(batch.Slices);
                throw;
            }
            await Flush(batch.Slices);
            watch?.Invoke(_rows, csv.ByteOffset);
        }

        /// <summary>The file could not be read to its end; what came before is kept.</summary>
        public void Stopped(string code, string reason)
        {
            _failed++;
            _rows++;
            if (_shown.Count < MostErrorsShown) _shown.Add(new ImportError(_line, "", code, reason));
        }

        public async Task<ImportResult> End(string state)
        {
            IsEnded = true;
            var result = new ImportResult(_id, kind.Name, isDryRun, state, _rows, _created, _updated, _unchanged, _failed, _header.Warnings, _shown);
            await db.Write<Done>(_actor, async work =>
            {
                await work.Execute("update import_runs set state = @state, position = @rows, counts = @counts, updated_at_ms = @now where id = @id and merchant_id = @merchant",
                    ("state", state), ("rows", _rows), ("counts", JsonSerializer.Serialize(result, Json.Options)), ("id", _id),
                    ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()));
                return new Done();
            });
            return result;
        }

        private async Task Flush(IReadOnlyList<List<FileRow>> batch)
        {
            if (batch.Count == 0) return;
            Result<Done> kept = default;
            for (int attempt = 1; attempt <= MostTries; attempt++)
            {
                kept = kind.IsShared ? await db.WriteShared<Done>(_actor, _merchants, Body) : await db.Write<Done>(_actor, Body);
                if (kept.IsOk || kept.Error == DryRunEnd) break;
            }
            if (kept.Error is { } lasting && lasting != DryRunEnd)
                foreach (var row in batch.SelectMany(s => s).Where(r => r.IsSound)) row.Fault("", lasting.Code, lasting.Detail);
            await Count([.. batch.SelectMany(s => s)]);

            async Task<Result<Done>> Body(Work work)
            {
                foreach (var slice in batch)
                    if (slice.Where(r => r.IsSound).ToList() is { Count: > 0 } sound && await kind.Save(work, _actor, clock.GetUtcNow(), sound) is { } error) return error;
                return isDryRun ? DryRunEnd : new Done();
            }
        }

        private async Task Count(List<FileRow> batch)
        {
            foreach (var row in batch)
            {
                _rows++;
                if (!row.IsSound) _failed++;
                else if (row.Outcome == SaveOutcome.Created) _created++;
                else if (row.Outcome == SaveOutcome.Updated) _updated++;
                else _unchanged++;
            }
            List<(FileRow Row, RowFault Fault)> faults = [.. batch.SelectMany(r => r.Faults.Take(20).Select(f => (r, f)))];
            _shown.AddRange(faults.Take(MostErrorsShown - _shown.Count).Select(f => new ImportError(f.Row.Line, f.Fault.Field, f.Fault.Code, f.Fault.Reason)));
            if (faults.Count == 0) return;
            await db.Write<Done>(_actor, async work =>
            {
                await work.Execute(
                    """
                    insert into import_errors (run_id, merchant_id, line, field, code, reason, row_text)
                    select @run, @merchant, line, field, code, reason, row_text from @rows r where true on conflict do nothing
                    """,
                    Listed(faults), ("run", _id));
                return new Done();
            });
        }

        private static Rows Listed(List<(FileRow Row, RowFault Fault)> faults) => Database.Rows.Of(faults).Long("line", f => f.Row.Line)
            .Text("field", f => f.Fault.Field).Text("code", f => f.Fault.Code).Text("reason", f => RowCells.Storable(f.Fault.Reason, 1_000)).Text("row_text", f => f.Row.Raw);
    }

    internal static readonly Error DryRunEnd = Error.Invalid("import.dry_run", "A dry run keeps nothing.");
}
