using System.Globalization;
using System.Security.Cryptography;
using CsvHelper;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>
/// Files in the shape of one system that tell whole orders with what became of them. They are small enough to be held: an
/// export of more than <see cref="MostRows"/> rows is split by its owner.
/// </summary>
public abstract class VendorFile
{
    public const int MostRows = 500_000;

    /// <summary>The systems whose files are known, by the name of their mapping.</summary>
    public static VendorFile? For(string? format, OrderFile file) => format switch
    {
        "shopify-orders" => new ShopifyExport(file),
        "olist" => new OlistFiles(file),
        _ => null,
    };

    /// <summary>A row with the line in the file where it begins.</summary>
    protected sealed record Cells(long Line, IReadOnlyDictionary<string, string> Of)
    {
        /// <summary>The trimmed text of a column; empty when the file has no such column.</summary>
        public string this[string column] => Of.GetValueOrDefault(column, "");
    }

    /// <summary>Everything in the files.</summary>
    /// <param name="Hash">Of the content, as hex.</param>
    public sealed record Content(string Hash, long Rows, IReadOnlyList<GatheredOrder> Orders)
    {
        /// <summary>Spelling and name of each product by SKU key: the first in the files.</summary>
        public IReadOnlyDictionary<string, (string Sku, string Name)> Products { get; } = Orders.SelectMany(o => o.Order?.Lines ?? []).Where(l => !l.IsCharge)
            .GroupBy(l => l.SkuKey, StringComparer.Ordinal).ToDictionary(g => g.Key, g => (g.First().Sku, g.Select(l => l.Name).FirstOrDefault(n => n is not null) ?? g.First().Sku), StringComparer.Ordinal);
    }

    /// <exception cref="UnreadableFileException">A file is broken, has not the columns it should, or another that belongs to it is not there.</exception>
    public abstract Content Read(CancellationToken stop);

    /// <summary>Reads a CSV file whole. Columns are known by their headings.</summary>
    protected static List<Cells> ReadRows(OrderFile file, IncrementalHash hash, IReadOnlyList<string> needed, CancellationToken stop)
    {
        var rows = new List<Cells>();
        using var stream = file.Unpacked(bytes => hash.AppendData(bytes));
        using var csv = CsvReader.Create(stream, new CsvReaderOptions { SkipEmptyLines = true, TrackLineNumbers = true, MaxRecordSize = 1024 * 1024, FieldCountMismatch = CsvFieldCountHandling.Allow }, leaveOpen: false);
        try
        {
            csv.ReadHeader();
            string[] headings = [.. csv.Headers.Select(h => h.Trim('\uFEFF', ' '))];
            foreach (string column in needed)
                if (!headings.Contains(column)) throw new UnreadableFileException(Error.Invalid("import.column_missing", $"{file.Name} has no column {column}. It has: {string.Join(", ", headings)}."));
            while (csv.Read())
            {
                stop.ThrowIfCancellationRequested();
                if (rows.Count == MostRows) throw new UnreadableFileException(Error.Invalid("import.too_large", $"{file.Name} has more than {MostRows} rows: split it, oldest first."));
                string[] cells = [.. csv.Current.ToArray().Select(c => c.Trim())];
                var of = new Dictionary<string, string>(headings.Length, StringComparer.Ordinal);
                for (int i = 0; i < Math.Min(headings.Length, cells.Length); i++) of.TryAdd(headings[i], cells[i]);
                rows.Add(new Cells(csv.LineNumber, of));
            }
        }
        catch (Exception e) when (e is CsvFormatException or InvalidDataException)
        {
            throw new UnreadableFileException(Error.Invalid("import.file_unreadable", $"{file.Name} cannot be read past line {csv.LineNumber}."));
        }
        return rows;
    }

    /// <summary>An amount in major units as minor units; null when it is none, negative, or has more decimals than the currency.</summary>
    protected static long? Minor(string text, Currency currency) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal major) && major <= Money.MaxMinor / currency.MinorPerMajor
            && major * currency.MinorPerMajor == decimal.Truncate(major * currency.MinorPerMajor) ? (long)(major * currency.MinorPerMajor) : null;

    protected static string? OrNull(string text) => text.Length == 0 ? null : text;

    /// <summary>An order of which nothing is taken, with why.</summary>
    protected static GatheredOrder Refused(string number, IReadOnlyList<Cells> rows, string field, string code, string reason) =>
        new(number, rows.Count, null, [], [new RowFault(rows[0].Line, field, code, reason)], []);
}
