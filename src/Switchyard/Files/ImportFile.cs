using System.Text;
using System.Text.Json;
using CsvHelper;
using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Files;

/// <summary>What became of a file. <c>Errors</c> are the first 100; all of them are in errors.csv.</summary>
public sealed record ImportResult(long RunId, string Kind, bool IsDryRun, string State, long Rows, long Created, long Updated, long Unchanged, long Failed,
    IReadOnlyList<string> Warnings, IReadOnlyList<ImportError> Errors);

public sealed record ImportError(long Line, string Field, string Code, string Reason);

/// <summary>
/// Imports a CSV file: every row is written by its key, what is unchanged writes nothing, and a bad row stops no good one.
/// </summary>
public static class ImportFile
{
    /// <summary>Rows a transaction. A dry run, which keeps nothing, sees more of the file at once, so that rows may build on earlier ones.</summary>
    public const int RowsAtOnce = 1_000, DryRowsAtOnce = 20_000;

    public const int MostErrorsShown = 100, MostColumns = 500;
    private const int MostRawKept = 4_000, MostTries = 5;

    public static readonly Error Empty = Error.Invalid("import.empty", "The file has no header line.");

    /// <summary>How far an import is, for whoever watches.</summary>
    public delegate void Watch(long rows, long bytes);

    public static async Task<Result<ImportResult>> Handle(FileKind kind, Stream file, bool isDryRun, Db db, TimeProvider clock, Actor actor,
        CancellationToken stop, Watch? watch = null)
    {
        var run = new Run(kind, isDryRun, db, clock, actor);
        try
        {
            using var csv = await CsvText.Open(file, run.Damaged, stop);
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
    private sealed class Run(FileKind kind, bool isDryRun, Db db, TimeProvider clock, Actor actor)
    {
        private readonly List<string> _warnings = [];
        private readonly List<ImportError> _shown = [];
        private readonly Dictionary<string, int> _header = [];
        private readonly Actor _actor = actor with { Stamp = null };
        private readonly HashSet<long> _damaged = [];
        private int _cells;
        private long _id, _rows, _created, _updated, _unchanged, _failed, _line = 1;
        private List<long> _merchants = [];

        public bool IsBegun => _id > 0;
        public bool IsEnded { get; private set; }

        public Error? ReadHeader(string[] headers)
        {
            _cells = headers.Length;
            foreach (var (at, header) in headers.Take(MostColumns).Index())
            {
                string tidy = FileColumn.Tidy(header);
                if (tidy.Length == 0) continue;
                string? name = kind.Columns.FirstOrDefault(c => c.Name == tidy || c.Aliases.Contains(tidy))?.Name ?? kind.Known(tidy);
                if (name is null) _warnings.Add($"Column '{Storable(header, 60)}' is not known and was left out.");
                else if (!_header.TryAdd(name, at)) return Error.Invalid("import.column_twice", $"Column {name} stands twice in the header.");
            }
            string[] missing = [.. kind.Columns.Where(c => c.IsRequired && !_header.ContainsKey(c.Name)).Select(c => c.Name)];
            return missing.Length == 0 ? null : Error.Invalid([.. missing.Select(m =>
                new FieldError("#" + m, "import.column_missing", $"The header has no column {m}. It needs: {string.Join(", ", kind.Columns.Where(c => c.IsRequired).Select(c => c.Name))}."))]);
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
            var batch = new List<List<FileRow>>();
            var keys = new HashSet<string>(StringComparer.Ordinal);
            int rows = 0, most = isDryRun ? DryRowsAtOnce : kind.RowsAtOnce;
            try
            {
                while (await csv.ReadAsync(stop))
                {
                    _line = csv.LineNumber;
                    string[] cells = csv.Current.ToArray();
                    if (cells.All(string.IsNullOrWhiteSpace)) continue;
                    var row = Row(cells, csv.RawRecord);
                    if (rows == most)
                    {
                        await Flush(batch);
                        watch?.Invoke(_rows, csv.ByteOffset);
                        batch.Clear();
                        rows = 0;
                    }
                    string key = kind.Key(row);
                    if (batch.Count == 0 || batch[^1].Count == kind.RowsAtOnce || keys.Contains(key)) { batch.Add([]); keys.Clear(); }
                    keys.Add(key);
                    batch[^1].Add(row);
                    rows++;
                }
            }
            catch (CsvFormatException)
            {
                await Flush(batch);
                throw;
            }
            await Flush(batch);
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
            var result = new ImportResult(_id, kind.Name, isDryRun, state, _rows, _created, _updated, _unchanged, _failed, _warnings, _shown);
            await db.Write<Done>(_actor, async work =>
            {
                await work.Execute("update import_runs set state = @state, position = @rows, counts = @counts, updated_at_ms = @now where id = @id and merchant_id = @merchant",
                    ("state", state), ("rows", _rows), ("counts", JsonSerializer.Serialize(result, Json.Options)), ("id", _id),
                    ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()));
                return new Done();
            });
            return result;
        }

        private FileRow Row(string[] cells, ReadOnlySpan<byte> raw)
        {
            var row = new FileRow(_header, [.. cells.Select(CsvText.Unguarded)], _line, Storable(Encoding.UTF8.GetString(raw[..Math.Min(raw.Length, MostRawKept)]), MostRawKept));
            if (!System.Text.Unicode.Utf8.IsValid(raw)) row.Fault("", "import.not_utf8", "The row is not UTF-8 text. Save the file as 'CSV UTF-8'.");
            if (_damaged.Remove(_line)) row.Fault("", "import.broken_quotes", "A quotation mark is not closed, or text follows a closed one.");
            if (cells.Length > _cells) row.Fault("", "import.too_many_cells", $"The row has {cells.Length} cells, the header {_cells}.");
            foreach (var (name, at) in _header)
                if (at >= cells.Length) { row.Fault(name, "import.cell_missing", $"The row ends before its column {name}: it has {cells.Length} cells."); break; }
            return row;
        }

        private async Task Flush(List<List<FileRow>> batch)
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
            .Text("field", f => f.Fault.Field).Text("code", f => f.Fault.Code).Text("reason", f => Storable(f.Fault.Reason, 1_000)).Text("row_text", f => f.Row.Raw);
    }

    private static readonly Error DryRunEnd = Error.Invalid("import.dry_run", "A dry run keeps nothing.");

    private static string Storable(string text, int most)
    {
        text = text.Replace('\0', '\uFFFD');
        if (text.Length <= most) return text;
        return (char.IsHighSurrogate(text[most - 1]) ? text[..(most - 1)] : text[..most]) + "…";
    }
}
