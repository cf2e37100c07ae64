using System.Globalization;
using System.IO.Compression;
using CsvHelper;
using Switchyard.Kernel;

namespace Switchyard.Files;

/// <summary>
/// Shopify's export of products as three files of ours: products, barcodes and stock. In it each variant is a row, what belongs to the product stands in its first row only, and rows of
/// further pictures stand between them. Shopify lets variants share a SKU; here each gets one of its own.
/// </summary>
public static class ShopifyProducts
{
    private const int MostRows = 500_000, MostSku = 100, MostName = 300;

    /// <param name="Variants">Each a product of ours.</param>
    /// <param name="Units">On hand, of all.</param>
    /// <param name="PriceMinor">The sum of their prices, by which one sees that none was lost.</param>
    /// <param name="Renamed">Whose SKU was missing or shared.</param>
    /// <param name="Negative">Whose stock was below zero: they have none here.</param>
    public sealed record Converted(long Rows, long Products, long Variants, long Barcodes, long Units, long PriceMinor, long Renamed, long Negative);

    private sealed record Variant(string Handle, string Title, bool IsActive, string Sku, string Options, string Grams, string Price, string Barcode, string Quantity, bool IsCounted);

    /// <param name="node">Where the stock lies.</param>
    /// <param name="write">Is given the name of each file, and writes it.</param>
    /// <remarks>Errors: import.column_missing, import.too_large, import.file_unreadable, import.price_unreadable.</remarks>
    public static async Task<Result<Converted>> Convert(Stream from, Currency currency, string node, Func<string, Func<CsvWriter, Task>, Task> write, CancellationToken stop)
    {
        var read = await Read(from, stop);
        if (read.Error is { } unreadable) return unreadable;
        var (variants, rows) = read.Value;
        long units = 0, prices = 0, negative = 0;
        foreach (var variant in variants)
        {
            if (!decimal.TryParse(variant.Price, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal price)
                || price * currency.MinorPerMajor != decimal.Truncate(price * currency.MinorPerMajor))
                return Error.Invalid("import.price_unreadable", $"'{variant.Price}' of {variant.Handle} is not an amount of {currency.Code}.");
            prices += (long)(price * currency.MinorPerMajor);
            if (!variant.IsCounted) continue;
            if (!long.TryParse(variant.Quantity, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long quantity))
                return Error.Invalid("import.quantity_unreadable", $"'{variant.Quantity}' of {variant.Handle} is not a number of units.");
            if (quantity < 0) negative++;
            else units += quantity;
        }
        var (skus, renamed) = Skus(variants);
        await write("products", async csv =>
        {
            await Row(csv, "sku", "name", "weight_grams", "is_active", "price_" + currency.Code);
            foreach (var (v, sku) in variants.Zip(skus))
                await Row(csv, sku, Cut(v.Options.Length == 0 ? v.Title : $"{v.Title} – {v.Options}", MostName), Grams(v.Grams), v.IsActive ? "true" : "false", v.Price);
        });
        var coded = variants.Zip(skus).Where(v => v.First.Barcode.Length > 0).ToList();
        await write("barcodes", async csv =>
        {
            await Row(csv, "barcode", "sku");
            foreach (var (v, sku) in coded) await Row(csv, v.Barcode, sku);
        });
        await write("stock", async csv =>
        {
            await Row(csv, "sku", "node", "quantity");
            foreach (var (v, sku) in variants.Zip(skus).Where(v => v.First.IsCounted)) await Row(csv, sku, node, v.Quantity.StartsWith('-') ? "0" : v.Quantity);
        });
        return new Converted(rows, variants.Select(v => v.Handle).Distinct(StringComparer.Ordinal).LongCount(), variants.Count, coded.Count, units, prices, renamed, negative);
    }

    private static async Task<Result<(List<Variant> Variants, long Rows)>> Read(Stream from, CancellationToken stop)
    {
        var (csv, _) = await CsvText.Start(from, ',', _ => { }, stop);
        using var reader = csv;
        var variants = new List<Variant>();
        long rows = 0;
        try
        {
            await reader.ReadHeaderAsync(stop);
            var headings = reader.Headers.Select((h, i) => (Name: h.Trim('\uFEFF', ' '), i)).DistinctBy(h => h.Name).ToDictionary(h => h.Name, h => h.i, StringComparer.Ordinal);
            foreach (string needed in new[] { "Handle", "Title", "Variant SKU", "Variant Price" })
                if (!headings.ContainsKey(needed)) return Error.Invalid("import.column_missing", $"The file has no column {needed}: it is no export of products.");
            var head = (Handle: "", Title: "", IsActive: true);
            while (await reader.ReadAsync(stop))
            {
                if (++rows > MostRows) return Error.Invalid("import.too_large", $"The file has more than {MostRows} rows: split it.");
                string[] cells = [.. reader.Current.ToArray().Select(c => c.Trim())];
                string Cell(string name) => headings.TryGetValue(name, out int at) && at < cells.Length ? cells[at] : "";
                if (Cell("Handle") != head.Handle) head = (Cell("Handle"), Cell("Title"), Cell("Status") is "" or "active");
                if (Cell("Variant Price").Length == 0) continue;                          // a further picture
                var options = new[] { "Option1 Value", "Option2 Value", "Option3 Value" }.Select(Cell).Where(o => o.Length > 0 && o != "Default Title");
                variants.Add(new Variant(head.Handle, head.Title.Length > 0 ? head.Title : head.Handle, head.IsActive, Cell("Variant SKU").TrimStart('\''), string.Join(" / ", options), Cell("Variant Grams"),
                    Cell("Variant Price"), Cell("Variant Barcode").TrimStart('\''), Cell("Variant Inventory Qty"), Cell("Variant Inventory Tracker").Length > 0));
            }
        }
        catch (Exception e) when (e is CsvFormatException or InvalidDataException)
        {
            return Error.Invalid("import.file_unreadable", $"The file cannot be read past row {rows}.");
        }
        return (variants, rows);
    }

    /// <summary>Its own SKU where no other variant has it; else with its options, which no other variant of the product has.</summary>
    private static (List<string> Skus, long Renamed) Skus(List<Variant> variants)
    {
        var shared = variants.GroupBy(v => Text.Key(v.Sku)).Where(g => g.Key.Length == 0 || g.Count() > 1).Select(g => g.Key).ToHashSet(StringComparer.Ordinal);
        var (taken, skus, renamed) = (variants.Select(v => Text.Key(v.Sku)).Where(k => !shared.Contains(k)).ToHashSet(StringComparer.Ordinal), new List<string>(variants.Count), 0L);
        foreach (var variant in variants)
        {
            if (!shared.Contains(Text.Key(variant.Sku))) { skus.Add(variant.Sku); continue; }
            renamed++;
            string name = (variant.Sku.Length > 0 ? variant.Sku : variant.Handle) + (variant.Options.Length == 0 ? "" : "/" + variant.Options.Replace(" / ", "/", StringComparison.Ordinal)), made = Cut(name, MostSku);
            for (int n = 2; !taken.Add(Text.Key(made)); n++) made = Cut(name, MostSku - 8) + "-" + n.ToString(CultureInfo.InvariantCulture);
            skus.Add(made);
        }
        return (skus, renamed);
    }

    private static string Grams(string text) => decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal grams) && grams is > 0 and < 100_000_000
        ? Math.Round(grams, MidpointRounding.AwayFromZero).ToString("0", CultureInfo.InvariantCulture) : "";

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)].TrimEnd();

    private static async Task Row(CsvWriter csv, params string[] cells)
    {
        foreach (string cell in cells) csv.WriteField(CsvText.Guarded(cell));
        await csv.EndRecordAsync();
    }

    /// <summary>The stream, unpacked when it is gzipped.</summary>
    public static Stream Unpacked(Stream file)
    {
        Span<byte> magic = stackalloc byte[2];
        bool isGzip = file.ReadAtLeast(magic, 2, throwOnEndOfStream: false) == 2 && magic is [0x1f, 0x8b];
        file.Position = 0;
        return isGzip ? new GZipStream(file, CompressionMode.Decompress) : file;
    }
}
