using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Jobs;
using Switchyard.Kernel;

namespace Switchyard.Files;

/// <summary>
/// The rows of a file that failed, as they stand in it, each with its line and reasons in front: a file to be mended and imported
/// again with the same mapping. They are read from the file itself, so that no row is cut.
/// </summary>
internal static class ErrorFile
{
    private const int RowsAtOnce = 1_000;

    public static async Task Write((ImportJob Kind, ReadJob Job) import, HttpContext http, Db db, Actor actor, CancellationToken stop)
    {
        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{import.Kind.Kind}-errors.csv\"";
        await Write(import, http.Response.Body, db, actor, stop);
    }

    public static async Task Write((ImportJob Kind, ReadJob Job) import, Stream to, Db db, Actor actor, CancellationToken stop)
    {
        await using var csv = CsvText.Writer(to);
        var source = import.Kind.Source(import.Job);
        foreach (string name in FileHeader.OfErrors.Concat(source?.Headers ?? [])) csv.WriteField(name.Trim('\uFEFF'));
        await csv.EndRecordAsync(stop);
        var failed = Failed(import.Job.No, db, actor).GetAsyncEnumerator(stop);
        bool isAny = await failed.MoveNextAsync();
        var upload = source is null ? null : await Uploads.Find(db, actor, source.Upload);
        if (isAny && upload is not null)
        {
            var groups = source!.GroupBy is null ? null : await Groups(import.Job.No, source, upload, db, actor, stop);
            await foreach (var (line, cells) in Rows(source, upload, db, actor, stop))
            {
                while (isAny && failed.Current.No < line) isAny = await Told(failed, csv, []);
                if (isAny && failed.Current.No == line) isAny = await Told(failed, csv, cells);
                else if (groups?.Contains(Group(source, cells)) == true) await Put(csv, line, [], cells);
                if (!isAny && groups is null) break;
            }
        }
        while (isAny) isAny = await Told(failed, csv, []);
        await csv.FlushAsync(stop);
    }

    private static async Task<bool> Told(IAsyncEnumerator<JobRow> failed, CsvHelper.CsvWriter csv, string[] cells)
    {
        await Put(csv, failed.Current.No, RowDetail.Read(failed.Current), cells);
        return await failed.MoveNextAsync();
    }

    private static async Task Put(CsvHelper.CsvWriter csv, long line, IReadOnlyList<RowFault> faults, string[] cells)
    {
        string Joined(Func<RowFault, string> part) => string.Join("; ", faults.Select(part).Where(p => p.Length > 0));
        string[] told = [Text.Invariant(line), Joined(f => f.Field), Joined(f => f.Code), Joined(f => f.Reason)];
        foreach (string cell in told) csv.WriteField(CsvText.Guarded(cell));
        foreach (string cell in cells) csv.WriteField(CsvText.Guarded(CsvText.Unguarded(cell)));
        await csv.EndRecordAsync();
        await csv.FlushAsync();
    }

    private static async IAsyncEnumerable<JobRow> Failed(long job, Db db, Actor actor)
    {
        List<JobRow> page;
        long after = 0;
        do
        {
            page = await db.Read(actor, work => JobReader.Failed(work, job, after, RowsAtOnce));
            foreach (var row in page) yield return row;
            if (page.Count > 0) after = page[^1].No;
        } while (page.Count == RowsAtOnce);
    }

    private static async IAsyncEnumerable<(long Line, string[] Cells)> Rows(ErrorSource source, Upload upload, Db db, Actor actor, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        var (csv, _) = await CsvText.Start(await UploadStream.Open(db, actor, upload, source.Encoding, 0, stop), source.Separator, _ => { }, stop);
        using (csv)
        {
            await csv.ReadHeaderAsync(stop);
            while (true)
            {
                try { if (!await csv.ReadAsync(stop)) yield break; }
                catch (CsvHelper.CsvFormatException) { yield break; }
                yield return (csv.LineNumber, csv.Current.ToArray());
            }
        }
    }

    /// <summary>What the failed rows belong to; at most as many as failed.</summary>
    private static async Task<HashSet<string>> Groups(long job, ErrorSource source, Upload upload, Db db, Actor actor, CancellationToken stop)
    {
        var groups = new HashSet<string>(StringComparer.Ordinal);
        var failed = Failed(job, db, actor).GetAsyncEnumerator(stop);
        bool isAny = await failed.MoveNextAsync();
        await foreach (var (line, cells) in Rows(source, upload, db, actor, stop))
        {
            while (isAny && failed.Current.No < line) isAny = await failed.MoveNextAsync();
            if (!isAny) break;
            if (failed.Current.No == line && Group(source, cells) is { Length: > 0 } group) groups.Add(group);
        }
        return groups;
    }

    private static string Group(ErrorSource source, string[] cells)
    {
        int at = source.Headers.ToList().FindIndex(h => FileHeader.IsSame(source.GroupBy!, h));
        return at >= 0 && at < cells.Length ? cells[at].Trim() : "";
    }
}
