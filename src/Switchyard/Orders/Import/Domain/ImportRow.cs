using System.Globalization;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>One row of a file of orders, its cells read.</summary>
/// <param name="Line">The line in the file where the row begins; the header is line 1.</param>
/// <param name="Price">Major units, as in the file.</param>
/// <param name="At">Null when the file has no dates.</param>
public sealed record ImportRow(long Line, string Order, string Sku, string SkuKey, string? Name, long Quantity, decimal Price, DateTimeOffset? At,
    string? Customer, string? Country, ImportContact? Contact);

/// <summary>Whom an order goes to, as far as the file says.</summary>
public sealed record ImportContact(string? Name, string? Email, string? Phone, string? Company, string? Line1, string? Line2, string? City,
    string? Region, string? Postcode, string? Method);

/// <summary>Why a row, or a part of it, was not taken.</summary>
/// <param name="Field">The column's heading, or empty for the whole row.</param>
/// <param name="Code">Stable; all are listed in docs/import-orders.md.</param>
public sealed record RowFault(long Line, string Field, string Code, string Reason);

/// <summary>A row as it came out of the reader: readable, or with its faults. An order number may be known in both cases.</summary>
public sealed record RowRead(long Line, string? Order, ImportRow? Row, IReadOnlyList<RowFault> Faults);

/// <summary>Turns the cells of a row into values by a mapping and the file's header.</summary>
public sealed class RowReader
{
    private static readonly Dictionary<string, int> Places = OrderMapping.Cells.Index().ToDictionary(c => c.Item, c => c.Index, StringComparer.Ordinal);
    private readonly OrderMapping _mapping;
    private readonly int[] _at;             // position of each of OrderMapping.Cells in the file, or -1
    private readonly bool _hasContact;
    private readonly int _width;

    private RowReader(OrderMapping mapping, int[] at, int width)
    {
        (_mapping, _at, _width) = (mapping, at, width);
        _hasContact = OrderMapping.Cells.Select((cell, i) => at[i] >= 0 && i > Cell("country")).Any(there => there);
    }

    /// <summary>Finds the mapping's columns in a header. Columns that are not needed may be missing, others are passed over.</summary>
    /// <remarks>Errors: import.column_missing, import.column_twice.</remarks>
    public static Result<RowReader> For(OrderMapping mapping, IReadOnlyList<string> header, bool needsDate)
    {
        var at = new int[OrderMapping.Cells.Count];
        for (int i = 0; i < at.Length; i++)
        {
            string cell = OrderMapping.Cells[i];
            at[i] = -1;
            if (!mapping.Document.Columns!.TryGetValue(cell, out string? heading)) { if (cell != "date" || !needsDate) continue; heading = "date"; }
            var found = Enumerable.Range(0, header.Count).Where(c => string.Equals(header[c].Trim(), heading, StringComparison.OrdinalIgnoreCase)).ToList();
            if (found.Count > 1) return Error.Invalid("import.column_twice", $"The file has more than one column {heading}.");
            if (found.Count == 1) at[i] = found[0];
            else if (i < OrderMapping.Needed || cell == "date" && needsDate)
                return Error.Invalid("import.column_missing", $"The file has no column {heading}. It has: {string.Join(", ", header)}.");
        }
        return new RowReader(mapping, at, header.Count);
    }

    /// <summary>Reads one row; what cannot be read is named, nothing is guessed.</summary>
    public RowRead Read(long line, string[] cells, bool isDamaged)
    {
        if (isDamaged || cells.Length != _width)
            return new RowRead(line, null, null, [new RowFault(line, "", "row_malformed",
                isDamaged ? "The row's quotation marks are broken, or it is not UTF-8." : $"The row has {cells.Length} cells, the header {_width}.")]);
        string order = Get(cells, "order");
        if (order.Length == 0) return new RowRead(line, null, null, [new RowFault(line, Heading("order"), "order_missing", "There is no order number.")]);

        var faults = new List<RowFault>();
        Text(cells, line, faults, order);
        string sku = Get(cells, "sku");
        if (sku.Length == 0) faults.Add(new RowFault(line, Heading("sku"), "sku_missing", "There is no SKU."));
        if (!long.TryParse(Get(cells, "quantity"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long quantity) || Math.Abs((decimal)quantity) > Checks.MaxQuantity)
            faults.Add(new RowFault(line, Heading("quantity"), "quantity_unreadable", $"'{Shown(cells, "quantity")}' is not a whole number up to {Checks.MaxQuantity}."));
        if (!TryPrice(Get(cells, "price"), out decimal price))
            faults.Add(new RowFault(line, Heading("price"), "price_unreadable", $"'{Shown(cells, "price")}' is not an amount."));
        DateTimeOffset? at = null;
        if (_at[Cell("date")] >= 0 && !TryInstant(Get(cells, "date"), out at))
            faults.Add(new RowFault(line, Heading("date"), "date_unreadable", $"'{Shown(cells, "date")}' is not a date of the form {_mapping.DateFormat}."));
        if (!_mapping.TryCountry(Get(cells, "country"), out string? country))
            faults.Add(new RowFault(line, Heading("country"), "country_unknown", $"The mapping does not know the country '{Shown(cells, "country")}'."));
        if (faults.Count > 0) return new RowRead(line, order, null, faults);
        return new RowRead(line, order, new ImportRow(line, order, sku, Kernel.Text.Key(sku), OrNull(cells, "name"), quantity, price, at,
            Customer(Get(cells, "customer")), country, _hasContact ? Contact(cells) : null), faults);
    }

    private void Text(string[] cells, long line, List<RowFault> faults, string order)
    {
        if (order.Length > 200) faults.Add(new RowFault(line, Heading("order"), "order_too_long_text", "An order number has at most 200 characters."));
        for (int i = 0; i < _at.Length; i++)
        {
            if (_at[i] < 0) continue;
            int most = OrderMapping.Cells[i] switch { "sku" => 100, "name" => 500, "postcode" => 32, "phone" or "method" => 64, "email" => 320, _ => 200 };
            string text = cells[_at[i]].Trim();
            if (text.Length > most || !Kernel.Text.IsStorable(text))
                faults.Add(new RowFault(line, Heading(OrderMapping.Cells[i]), "text_unusable", $"At most {most} characters, none of them U+0000 or half of a pair."));
        }
    }

    private string? Customer(string text)
    {
        if (_mapping.Document.StripFromCustomer is { Length: > 0 } ending && text.EndsWith(ending, StringComparison.Ordinal)) text = text[..^ending.Length];
        return text.Length == 0 ? null : text;
    }

    private ImportContact Contact(string[] cells) => new(OrNull(cells, "customerName"), OrNull(cells, "email"), OrNull(cells, "phone"), OrNull(cells, "company"),
        OrNull(cells, "line1"), OrNull(cells, "line2"), OrNull(cells, "city"), OrNull(cells, "region"), OrNull(cells, "postcode"), OrNull(cells, "method"));

    private bool TryPrice(string text, out decimal price)
    {
        price = 0;
        if (_mapping.DecimalMark == ',') { if (text.Contains('.', StringComparison.Ordinal)) return false; text = text.Replace(',', '.'); }
        return decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out price)
            && Math.Abs(price) <= Money.MaxMinor / 1000;
    }

    // Of a time that occurs twice in autumn, the first; one that does not occur in spring counts on from the last that did.
    private bool TryInstant(string text, out DateTimeOffset? at)
    {
        at = null;
        if (!DateTime.TryParseExact(text, _mapping.DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)) return false;
        if (local.Kind != DateTimeKind.Unspecified) { at = new DateTimeOffset(local.ToUniversalTime()); return true; }
        if (local.Year is < 1970 or > 9998) return false;
        at = _mapping.Zone.InstantOf(local);
        return true;
    }

    private static int Cell(string name) => Places[name];

    private string Get(string[] cells, string cell) => _at[Cell(cell)] is >= 0 and var at ? cells[at].Trim() : "";
    private string? OrNull(string[] cells, string cell) => Get(cells, cell) is { Length: > 0 } text ? text : null;
    private string Shown(string[] cells, string cell) => Get(cells, cell) is { Length: > 40 } text ? text[..40] + "…" : Get(cells, cell);
    private string Heading(string cell) => _mapping.Document.Columns!.GetValueOrDefault(cell, cell);
}
