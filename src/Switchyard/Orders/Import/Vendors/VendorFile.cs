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
    public static VendorFile? For(MappingDocument mapping, OrderFile file) => mapping.Format switch
    {
        "shopify-orders" => new ShopifyExport(file),
        "olist" => new OlistFiles(file),
        "amazon-orders" => new AmazonReport(file),
        "ebay-orders" => new EbayReport(file, mapping.Currency),
        "magento-orders" => new MagentoGrid(file, mapping.Currency),
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
    /// <param name="needed">Headings that must be there; where one of several does, with a bar between them.</param>
    /// <param name="separator">With a tab a quotation mark is text, as such files have it.</param>
    /// <param name="hasPreamble">Lines may stand before the header, which is the first that has the first needed heading.</param>
    protected static List<Cells> ReadRows(OrderFile file, IncrementalHash hash, IReadOnlyList<string> needed, CancellationToken stop, char separator = ',', bool hasPreamble = false)
    {
        const int MostPreamble = 20;
        var rows = new List<Cells>();
        using var stream = file.Unpacked(bytes => hash.AppendData(bytes));
        using var csv = CsvReader.Create(stream, new CsvReaderOptions { HasHeader = false, Separator = separator, Quote = separator == '\t' ? '\u0001' : '"', SkipEmptyLines = true, TrackLineNumbers = true, MaxRecordSize = 1024 * 1024, FieldCountMismatch = CsvFieldCountHandling.Allow }, leaveOpen: false);
        try
        {
            string[] headings = [];
            for (int line = 0; line <= (hasPreamble ? MostPreamble : 0) && csv.Read(); line++)
            {
                headings = [.. csv.Current.ToArray().Select(h => h.Trim('\uFEFF', ' '))];
                if (!hasPreamble || headings.Contains(needed[0])) break;
            }
            foreach (string column in needed)
                if (!column.Split('|').Any(headings.Contains))
                    throw new UnreadableFileException(Error.Invalid("import.column_missing", $"{file.Name} has no column {column.Replace("|", " or ", StringComparison.Ordinal)}. It has: {string.Join(", ", headings)}."));
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

    /// <summary>The same with a sign of currency around it and commas between thousands, to four decimals of which those beyond the currency's are zero.</summary>
    protected static long? Amount(string text, Currency currency)
    {
        text = string.Concat(text.Where(c => char.IsAsciiDigit(c) || c is '.' or '-'));
        return text.Length == 0 ? 0 : Minor(text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0') : text, currency);
    }

    /// <summary>A line of which only the whole amount is known: the unit price is rounded up, and a discount makes it right to the minor unit.</summary>
    protected static PricedLine Whole(long quantity, long amountMinor, long discountMinor, long taxMinor)
    {
        long unit = (amountMinor + quantity - 1) / quantity;
        return new PricedLine(quantity, unit, unit * quantity - amountMinor + discountMinor, 0, taxMinor, IsCharge: false);
    }

    /// <summary>The first of two columns that is not empty.</summary>
    protected static string Either(Cells row, string one, string other) => row[one] is { Length: > 0 } text ? text : row[other];

    protected static string? Country(string text) => text is { Length: 2 } ? text.ToUpperInvariant() : null;
    protected static string? Cut(string text, int most) => text.Length == 0 ? null : text[..Math.Min(most, text.Length)];
    protected static string? OrNull(string text) => text.Length == 0 ? null : text;

    /// <summary>An order of which nothing is taken, with why.</summary>
    protected static GatheredOrder Refused(string number, IReadOnlyList<Cells> rows, string field, string code, string reason) =>
        new(number, rows.Count, null, [], [new RowFault(rows[0].Line, field, code, reason)], []);
}
