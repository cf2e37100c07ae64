using System.Globalization;
using System.Text.Json;
using Switchyard.Access;
using Switchyard.Http;
using Switchyard.Jobs;
using Switchyard.Kernel;
using Switchyard.Search;

namespace Switchyard.Files;

/// <summary>What such a job was told to do; shown to people.</summary>
/// <param name="Count">How many things were named one by one, when they were; they are the job's input.</param>
internal sealed record WantedExport(string List, string? Query, IReadOnlyList<string> Columns, string Format, int? Count = null);

/// <summary>Writes a result file, page by page: each page and the place after it are one transaction, so that no row stands twice in it.</summary>
public sealed class ExportJob(ExportSource source) : JobKind
{
    private const int PagesATurn = 8;
    private readonly record struct State(string? After, long Rows);

    public ExportSource Source => source;
    public override string Code => "export." + source.Name;
    public override Permission Permission => source.Reads;

    public override async Task<bool> Next(JobTurn turn)
    {
        var wanted = JsonSerializer.Deserialize<WantedExport>(turn.Job.Arguments, Json.Options)!;
        var now = turn.Clock.GetUtcNow();
        // Words such as today mean the day on which the export began.
        var begun = DateTimeOffset.FromUnixTimeMilliseconds(turn.Job.Position > 0 ? turn.Job.Position : now.ToUnixTimeMilliseconds());
        var query = QueryBinder.Read(wanted.Query, source.FieldsFor(turn.Actor), begun);
        if (query.Error is { } malformed) throw new JobRefusedException(malformed);
        var wish = new ExportWish(query.Value, wanted.Count is null ? null : await Named(turn));
        int[] places = [.. wanted.Columns.Select(c => source.Columns.ToList().IndexOf(c)).Where(i => i >= 0)];
        string[] names = [.. places.Select(i => source.Columns[i])];
        for (int page = 0; page < PagesATurn && !turn.IsToEnd; page++)
        {
            var state = turn.Job.Memory is { } memory ? JsonSerializer.Deserialize<State>(memory, Json.Options) : (State?)null;
            var rows = await source.Read(turn.Db, turn.Actor, wish, state?.After, begun);
            byte[] bytes = wanted.Format == "ndjson" ? Lines(rows.Rows, places, names) : await Csv(rows.Rows, places, state is null ? names : null);
            var after = new State(rows.Next, (state?.Rows ?? 0) + rows.Rows.Count);
            var done = await turn.Commit(async work =>
            {
                var kept = bytes.Length == 0 ? new Done() : await JobFiles.AppendResult(work, turn.Job, $"{source.Name}.{wanted.Format}",
                    wanted.Format == "ndjson" ? "application/x-ndjson" : "text/csv; charset=utf-8", bytes);
                if (kept.Error is { } error) return error;
                return new JobStep(begun.ToUnixTimeMilliseconds(), []) { Memory = JsonSerializer.Serialize(after, Json.Options), OkUnlisted = rows.Rows.Count, Total = rows.Next is null ? after.Rows : null };
            });
            if (done.Error is { } why) throw new JobRefusedException(why);
            if (rows.Next is null) return true;
        }
        return false;
    }

    private static async Task<List<string>> Named(JobTurn turn)
    {
        using var all = new MemoryStream();
        await foreach (byte[] part in JobFiles.Read(turn.Db, turn.Actor, turn.Job.No, JobFiles.Input)) all.Write(part);
        return JsonSerializer.Deserialize<List<string>>(all.ToArray(), Json.Options)!;
    }

    private static async Task<byte[]> Csv(IReadOnlyList<object?[]> rows, int[] places, string[]? header)
    {
        using var bytes = new MemoryStream();
        await using (var csv = CsvText.Writer(bytes))
        {
            if (header is not null)
            {
                foreach (string name in header) csv.WriteField(name);
                await csv.EndRecordAsync();
            }
            foreach (object?[] row in rows)
            {
                foreach (int place in places) csv.WriteField(CsvText.Guarded(Cell(row[place])));
                await csv.EndRecordAsync();
            }
            await csv.FlushAsync();
        }
        return bytes.ToArray();
    }

    private static string? Cell(object? value) => value switch
    {
        null => null,
        string text => text,
        bool yes => yes ? "yes" : "no",
        DateTimeOffset at => FileRow.Instant(at),
        IEnumerable<string> many => string.Join(" | ", many),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => JsonSerializer.Serialize(value, Json.Options),
    };

    private static byte[] Lines(IReadOnlyList<object?[]> rows, int[] places, string[] names)
    {
        using var bytes = new MemoryStream();
        foreach (object?[] row in rows)
        {
            using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = Json.Options.Encoder }))
            {
                json.WriteStartObject();
                for (int i = 0; i < places.Length; i++)
                {
                    json.WritePropertyName(names[i]);
                    JsonSerializer.Serialize(json, row[places[i]], Json.Options);
                }
                json.WriteEndObject();
            }
            bytes.WriteByte((byte)'\n');
        }
        return bytes.ToArray();
    }
}
