using Switchyard.Access;
using Switchyard.Database;

namespace Switchyard.Files;

/// <summary>Writes all rows of a kind as CSV, page by page, so that memory does not grow with them.</summary>
public static class ExportFile
{
    private const int RowsBetweenFlushes = 500;

    public static async Task Answer(FileKind kind, HttpContext http, Db db, Actor actor, CancellationToken stop)
    {
        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{kind.Name}.csv\"";
        await Write(kind, http.Response.Body, db, actor, stop);
    }

    /// <returns>Rows written, without the header.</returns>
    public static async Task<long> Write(FileKind kind, Stream to, Db db, Actor actor, CancellationToken stop, Action<long>? watch = null)
    {
        await using var csv = CsvText.Writer(to);
        long rows = -1;
        await foreach (var cells in kind.Export(db, actor).WithCancellation(stop))
        {
            foreach (string? cell in cells) csv.WriteField(CsvText.Guarded(cell));
            await csv.EndRecordAsync(stop);
            if (++rows % RowsBetweenFlushes != 0) continue;
            await csv.FlushAsync(stop);
            watch?.Invoke(rows);
        }
        await csv.FlushAsync(stop);
        return rows;
    }
}
