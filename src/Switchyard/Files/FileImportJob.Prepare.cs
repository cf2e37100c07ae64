using System.Text.Json;
using CsvHelper;
using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Jobs;
using Switchyard.Kernel;

namespace Switchyard.Files;

/// <summary>What is looked at before a file is imported, and how its job is shown.</summary>
internal sealed partial class FileImportJob
{
    private const int RowsPreviewed = 20, MostCellShown = 500;

    public override Result<object> CheckMapping(JsonElement mapping, string at) => FileMapping.Parse(mapping, kind, at).Then<object>(m => m);

    public override async Task<Result<object>> Prepare(ImportWish wish, Db db, Actor actor, CancellationToken stop)
    {
        var mapping = FileMapping.Parse(wish.Mapping, kind, "/mapping");
        if (mapping.Error is { } malformed) return malformed;
        if (!wish.Upsert && !kind.HasStates)
            return Error.Invalid([new FieldError("/upsert", "import.always_upserts", $"Files of {kind.Name} always write over what exists.")]);
        var opened = await Open(wish, mapping.Value, db, actor, stop);
        if (opened.Error is { } unreadable) return unreadable;
        using var csv = opened.Value.Csv;
        if (FileHeader.Read(kind, [.. csv.Headers], mapping.Value).Error is { } refused) return refused;
        return new FileImport(wish.File.Id.ToString(), wish.File.Name, wish.Mapping is null ? null : mapping.Value, wish.SavedMapping, wish.IsDryRun, wish.Upsert);
    }

    public override async Task<Result<ImportPreview>> Preview(ImportWish wish, Db db, TimeProvider clock, Actor actor, CancellationToken stop)
    {
        var parsed = FileMapping.Parse(wish.Mapping, kind, "/mapping");
        if (parsed.Error is { } malformed) return malformed;
        var opened = await Open(wish, parsed.Value, db, actor, stop);
        if (opened.Error is { } unreadable) return unreadable;
        using var csv = opened.Value.Csv;
        string[] headers = [.. csv.Headers.Select(h => h.Trim('\uFEFF'))];
        var read = new List<(string[] Cells, byte[] Raw, long Line)>();
        try
        {
            while (read.Count < RowsPreviewed && await csv.ReadAsync(stop))
                if (csv.Current.ToArray() is var cells && !cells.All(string.IsNullOrWhiteSpace)) read.Add((cells, csv.RawRecord.ToArray(), csv.LineNumber));
        }
        catch (CsvFormatException) { /* what was read before is shown; the import says where it ends */ }
        var mapping = Guessed(parsed.Value, headers, opened.Value.Separator, read.Select(r => r.Cells));
        var header = FileHeader.Read(kind, headers, mapping);
        var rows = header.IsOk ? read.ConvertAll(r => RowCells.Read(header.Value, r.Cells, r.Raw, r.Line, false, mapping.Mark)) : [];
        if (rows.Count > 0) await TryOut(rows, db, clock, actor);
        var sources = header.IsOk ? header.Value.Places.ToDictionary(p => p.Key, p => headers[p.Value]) : [];
        return new ImportPreview(kind.Name,
            [.. kind.Columns.Select(c => new PreviewColumn(c.Name, c.IsRequired, sources.GetValueOrDefault(c.Name))),
                .. sources.Where(s => kind.Columns.All(c => c.Name != s.Key)).Select(s => new PreviewColumn(s.Key, false, s.Value))],
            headers, mapping, mapping.Encoding ?? wish.File.Encoding, opened.Value.Separator.ToString(),
            [.. read.Select((r, i) => new PreviewRow(r.Line, [.. r.Cells.Select(c => RowCells.Storable(c, MostCellShown))], i < rows.Count ? Outcome(rows[i]) : "refused", i < rows.Count ? rows[i].Faults : []))],
            header.IsOk ? header.Value.Warnings : [], header.Error is { } wrong ? wrong.Fields.Count > 0 ? wrong.Fields : [new FieldError("", wrong.Code, wrong.Detail)] : []);
    }

    public override ImportResult Result(ReadJob job, IReadOnlyList<ImportError> errors)
    {
        var wanted = JsonSerializer.Deserialize<FileImport>(job.Arguments, Json.Options)!;
        var state = job.Memory is { } memory ? JsonSerializer.Deserialize<FileImportState>(memory, Json.Options)! : null;
        return new ImportResult(null, Kind, wanted.DryRun, job.View.State, state?.Rows ?? 0, state?.Created ?? 0, state?.Updated ?? 0, state?.Unchanged ?? 0, state?.Failed ?? 0, state?.Warnings ?? [], errors)
        { Job = job.View.Id };
    }

    public override ErrorSource? Source(ReadJob job)
    {
        if (job.Memory is not { } memory) return null;
        var wanted = JsonSerializer.Deserialize<FileImport>(job.Arguments, Json.Options)!;
        var state = JsonSerializer.Deserialize<FileImportState>(memory, Json.Options)!;
        return new ErrorSource(wanted.File, state.Headers, state.Separator, wanted.Mapping?.Encoding);
    }

    /// <summary>The file at its first row.</summary>
    /// <remarks>Errors: import.empty, import.row_too_long.</remarks>
    private static async Task<Result<(CsvReader Csv, char Separator)>> Open(ImportWish wish, FileMapping mapping, Db db, Actor actor, CancellationToken stop)
    {
        var (csv, separator) = await CsvText.Start(await UploadStream.Open(db, actor, wish.File, mapping.Encoding, 0, stop), mapping.Delimiter is [var told] ? told : null, _ => { }, stop);
        try { await csv.ReadHeaderAsync(stop); }
        catch (CsvFormatException)
        {
            csv.Dispose();
            return Error.Invalid("import.row_too_long", $"The header has more than {CsvText.MostRowBytes} bytes; perhaps a quotation mark is not closed.");
        }
        if (csv.Headers.Count > 0) return (csv, separator);
        csv.Dispose();
        return ImportFile.Empty;
    }

    /// <summary>The mapping with what it leaves open filled in: the columns by their headers, the decimal mark by the amounts.</summary>
    private FileMapping Guessed(FileMapping mapping, string[] headers, char separator, IEnumerable<string[]> rows)
    {
        var columns = mapping.Columns;
        if (columns is null)
        {
            var guessed = new SortedDictionary<string, string?>(StringComparer.Ordinal);
            foreach (string header in headers)
                foreach (string name in FileHeader.Guess(kind, FileColumn.Tidy(header))) guessed.TryAdd(name, header);
            columns = guessed;
        }
        bool hasCommas = rows.SelectMany(r => r).Any(c => System.Text.RegularExpressions.Regex.IsMatch(c, @"^-?[0-9.]*[0-9],[0-9]{1,2}\z"));
        return mapping with { Columns = columns, DecimalMark = mapping.DecimalMark ?? (separator != ',' && hasCommas ? "," : ".") };
    }

    /// <summary>Writes the rows in a transaction that is never kept, to learn what would become of them.</summary>
    private async Task TryOut(List<FileRow> rows, Db db, TimeProvider clock, Actor actor)
    {
        var batch = new RowBatch(kind);
        foreach (var row in rows) batch.Add(row);
        var tried = kind.IsShared ? await db.WriteShared<Done>(actor, await CatalogVersion.Merchants(db), Body) : await db.Write<Done>(actor, Body);
        if (tried.Error is { } error && error != ImportFile.DryRunEnd)
            foreach (var row in rows.Where(r => r.IsSound)) row.Fault("", error.Code, error.Detail);

        async Task<Result<Done>> Body(Work work)
        {
            foreach (var slice in batch.Slices)
                if (slice.Where(r => r.IsSound).ToList() is { Count: > 0 } sound && await kind.Save(work, actor, clock.GetUtcNow(), sound) is { } error) return error;
            return ImportFile.DryRunEnd;
        }
    }

    private static string Outcome(FileRow row) => !row.IsSound ? "refused" : row.Outcome switch { SaveOutcome.Created => "created", SaveOutcome.Updated => "updated", _ => "unchanged" };
}
