using CsvHelper;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Files;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Sourcing;

/// <summary>Reads a carrier's sheet into a card, and writes a card as one.</summary>
public static class ReadRateSheet
{
    private const int MostColumns = 100, UsualDays = 5, MostCell = 20_000;

    /// <param name="name">Of the card; null: as the carrier is called.</param>
    /// <param name="days">Days of services whose row says none.</param>
    /// <param name="isDryRun">Only says what the card would be.</param>
    /// <remarks>Errors: request.invalid with the line and column of each fault; import.column_missing; rate_cards.changed.</remarks>
    public static async Task<Result<RateCardView>> Handle(string code, string? name, string? carrier, int? days, bool isDryRun, Stream sheet, long? expected, Db db, TimeProvider clock, Actor actor,
        CancellationToken stop)
    {
        var checks = new Checks();
        checks.Text(name, "#name", 200);
        checks.Text(carrier, "#carrier", 64);
        checks.Range(days ?? UsualDays, 0, WriteLanes.MostTransitDays, "#days");
        if (checks.AnyFault) return checks.ToError();
        var rows = await Rows(sheet, checks, stop);
        int unpriced = 0;
        var card = checks.AnyFault ? null : RateSheet.Read(name ?? carrier ?? code, carrier ?? code, rows, days ?? UsualDays, checks, out unpriced);
        if (isDryRun && card is not null && !checks.AnyFault)
            return RateCardView.Of(new RateCardSql.Stored(code, card, expected ?? 0, clock.GetUtcNow())) with { LeftOut = unpriced };
        return await WriteRateCard.Save(code, card, checks, expected, unpriced, db, clock, actor);
    }

    private static async Task<List<(long, IReadOnlyDictionary<string, string>)>> Rows(Stream sheet, Checks checks, CancellationToken stop)
    {
        var rows = new List<(long, IReadOnlyDictionary<string, string>)>();
        using var csv = await CsvText.Open(sheet, line => checks.Fault($"#line{Text.Invariant(line)}", "import.broken_quotes", "A quotation mark is not closed, or text follows a closed one."), stop);
        try
        {
            await csv.ReadHeaderAsync(stop);
            string[] header = [.. csv.Headers.Take(MostColumns).Select(FileColumn.Tidy)];
            foreach (string column in RateSheet.Required.Except(header))
                checks.Fault("#" + column, "import.column_missing", $"The header has no column {column}. It needs: {string.Join(", ", RateSheet.Required)}.");
            while (!checks.AnyFault && await csv.ReadAsync(stop))
            {
                if (rows.Count == RateSheet.MostRows) { checks.Fault("", "field.too_many", $"A sheet has at most {RateSheet.MostRows} rows."); break; }
                string[] cells = csv.Current.ToArray();
                string at = $"#line{Text.Invariant(csv.LineNumber)}";
                checks.That(System.Text.Unicode.Utf8.IsValid(csv.RawRecord), at, "import.not_utf8", "The row is not UTF-8 text. Save the file as 'CSV UTF-8'.");
                checks.That(cells.All(c => c.Length <= MostCell && Text.IsStorable(c)), at, "field.not_text", "A cell is too long, or contains a character that is not text.");
                if (!cells.All(string.IsNullOrWhiteSpace)) rows.Add((csv.LineNumber, ByColumn(header, cells)));
            }
        }
        catch (CsvFormatException)
        {
            checks.Fault("", "import.row_too_long", $"A row has more than {CsvText.MostRowBytes} bytes; perhaps a quotation mark is not closed.");
        }
        return rows;
    }

    private static Dictionary<string, string> ByColumn(string[] header, string[] cells)
    {
        var row = new Dictionary<string, string>(header.Length, StringComparer.Ordinal);
        foreach (var (name, cell) in header.Zip(cells)) row.TryAdd(name, CsvText.Unguarded(cell));
        return row;
    }
}
