using System.Text.Json;
using System.Text.RegularExpressions;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Files;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Catalog;

/// <summary>
/// Products as a file: one row each, a column <c>price_GBP</c> a currency, amounts in major units. A column that the file lacks
/// leaves what is stored; an empty cell empties it. Barcodes have a file of their own.
/// </summary>
internal sealed partial class ProductsFile : FileKind
{
    private const int PageRows = 1_000;

    public override string Name => "products";
    public override bool TellsPrices => true;
    public override Permission Reads => Permission.CatalogRead;
    public override Permission Writes => Permission.CatalogWrite;

    public override IReadOnlyList<FileColumn> Columns { get; } =
    [
        new("sku", true, "item", "item_code", "product_code"), new("name", false, "title", "product_name"), new("kind", false, "type"),
        new("tax_class"), new("weight_grams", false, "weight", "weight_g"), new("length_mm", false, "length"), new("width_mm", false, "width"),
        new("height_mm", false, "height"), new("cost", false, "cost_price"), new("cost_currency"), new("handling_flags", false, "flags"),
        new("components"), new("description"), new("metadata"), new("is_active", false, "active"),
        new("backorder"), new("backorder_cap"), new("backorder_lead_days"), new("backorder_expected_at"), new("preorder_release_at"), new("preorder_cap"), new("tags", false, "tag"),
    ];

    public override FileMapping? NamedMapping(string name) => name != "mintsoft" ? null
        : new FileMapping(new Dictionary<string, string?> { ["sku"] = "SKU", ["name"] = "Name", ["weight_grams"] = "WeightGrams", ["price_gbp"] = "Price" });

    public override string? Known(string header) => PriceColumn().IsMatch(header) && Currency.TryParse(header[6..].ToUpperInvariant(), out _) ? header : null;

    public override string Key(FileRow row) => row.Word("sku") is { } sku ? Text.Key(sku) : $" line {row.Line}";

    public override async Task<Error?> Save(Work work, Actor actor, DateTimeOffset now, IReadOnlyList<FileRow> rows)
    {
        var stored = (await ProductsSql.ByKeys(work, [.. rows.Select(Key)])).ToDictionary(s => s.Product.Key);
        var products = new List<(FileRow Row, Product Product)>();
        foreach (var row in rows)
            if (Read(row, stored.GetValueOrDefault(Key(row))?.Product, actor) is { } product) products.Add((row, product));
        // Bundles last: their components may stand in the same rows.
        foreach (var group in products.GroupBy(p => p.Product.Kind == ItemKind.Bundle).OrderBy(g => g.Key))
        {
            var saved = await SaveProducts.Save(work, actor, now, [.. group.Select(p => p.Product)]);
            if (saved.Error is { } error) return error;
            foreach (var ((row, _), one) in group.Zip(saved.Value))
            {
                row.Outcome = one.Outcome;
                if (one.Error is { } refused) row.Fault(refused, p => Column(p, one.Product));
            }
        }
        return null;
    }

    public override bool CanUndo => true;

    public override async Task<Dictionary<string, string>> States(Work work, Actor actor, IReadOnlyList<string> keys) =>
        (await ProductsSql.ByKeys(work, [.. keys])).ToDictionary(s => s.Product.Key, s => JsonSerializer.Serialize(s.Product, Json.Options));

    /// <summary>A product that did not exist is put away: orders, stock and bundles may know it by now.</summary>
    public override async Task<IReadOnlyList<Error?>> Restore(Work work, Actor actor, DateTimeOffset now, IReadOnlyList<ThingBefore> things)
    {
        var stored = (await ProductsSql.ByKeys(work, [.. things.Select(t => t.Key)], locked: true)).ToDictionary(s => s.Product.Key, s => s.Product);
        var wanted = things.Select(t => t.Before is { } before ? JsonSerializer.Deserialize<Product>(before, Json.Options)! : stored[t.Key] with { IsActive = false }).ToList();
        var saved = await SaveProducts.Save(work, actor, now, wanted);
        return saved.Error is { } error ? [.. things.Select(_ => error)] : [.. saved.Value.Select(s => s.Error)];
    }

    public override async IAsyncEnumerable<string?[]> Export(Db db, Actor actor)
    {
        var currencies = await db.Read(actor, work => work.Query(
            "select distinct currency from product_prices where merchant_id = @merchant order by currency", row => row.Text()));
        bool withCosts = actor.May(Permission.CatalogCosts);
        string[] names = [.. Columns.Select(c => c.Name).Where(c => withCosts || !c.StartsWith("cost", StringComparison.Ordinal))];
        yield return [.. names, .. currencies.Select(c => "price_" + c)];
        // Bundles come after what they are made of, so that the file can be read from top to bottom.
        foreach (string kinds in new[] { "goods charge", "bundle" })
        {
            string after = "";
            List<StoredProduct> page;
            do
            {
                page = await db.Read(actor, work => ProductsSql.Where(work,
                    " where p.merchant_id = @merchant and p.kind = any(@kinds) and p.sku_key > @after order by p.sku_key limit @limit",
                    ("kinds", kinds.Split(' ')), ("after", after), ("limit", (long)PageRows)), snapshot: true);
                foreach (var row in page)
                    yield return [.. names.Select(n => Cell(n, row.Product)), .. currencies.Select(c => Price(row.Product, c))];
                if (page.Count > 0) after = page[^1].Product.Key;
            } while (page.Count == PageRows);
        }
    }

    private static string? Cell(string column, Product p) => column switch
    {
        "sku" => p.Sku,
        "name" => p.Name,
        "kind" => CatalogErrors.Name(p.Kind),
        "tax_class" => p.TaxClass,
        "weight_grams" => Text.Invariant(p.WeightGrams),
        "length_mm" => Number(p.LengthMm),
        "width_mm" => Number(p.WidthMm),
        "height_mm" => Number(p.HeightMm),
        "cost" => p.CostMinor is { } cost ? FileRow.Major(cost, p.CostCurrency!) : null,
        "cost_currency" => p.CostCurrency,
        "handling_flags" => string.Join(' ', p.HandlingFlags),
        "components" => ComponentList.Write(p.Components),
        "description" => p.Description,
        "metadata" => p.Metadata.Count == 0 ? null : JsonSerializer.Serialize(p.Metadata, Json.Options),
        "is_active" => p.IsActive ? "yes" : "no",
        "backorder" => p.Policy.Backorder,
        "backorder_cap" => Number(p.Policy.BackorderCap),
        "backorder_lead_days" => Number(p.Policy.LeadDays),
        "backorder_expected_at" => FileRow.Instant(p.Policy.ExpectedAt),
        "preorder_release_at" => FileRow.Instant(p.Policy.ReleaseAt),
        "preorder_cap" => Number(p.Policy.PreorderCap),
        "tags" => WriteTags(p.Tags ?? []),
        _ => null,
    };

    private static string? Price(Product p, string currency) =>
        p.Prices.Where(x => x.Currency == currency).Select(x => FileRow.Major(x.PriceMinor, currency)).FirstOrDefault();

    private static string? Number(long? number) => number is { } n ? Text.Invariant(n) : null;

    // The product as it would be; null when a cell is at fault.
    private static Product? Read(FileRow row, Product? stored, Actor actor)
    {
        var kind = row.Word("kind")?.ToLowerInvariant();
        if (kind is not (null or "goods" or "bundle" or "charge")) row.Fault("kind", "field.not_one_of", "kind is goods, bundle or charge.");
        if (row.Has("cost") && row.Text("cost") is not null && !actor.May(Permission.CatalogCosts)) row.Fault("cost", CatalogErrors.CostsHidden.Code, CatalogErrors.CostsHidden.Detail);
        string? costCurrency = row.Has("cost") ? row.Word("cost_currency")?.ToUpperInvariant() ?? (row.Text("cost") is null ? null : stored?.CostCurrency) : null;
        bool keepsCost = !row.Has("cost") || !actor.May(Permission.CatalogCosts);
        var body = new ProductBody(
            Sku: row.Word("sku"),
            Name: row.Has("name") ? row.Text("name") : stored?.Name,
            Kind: kind is null ? stored?.Kind ?? ItemKind.Goods : ProductsSql.Kind(kind),
            TaxClass: row.Has("tax_class") ? row.Word("tax_class") : stored?.TaxClass,
            WeightGrams: row.Has("weight_grams") ? row.Whole("weight_grams") ?? 0 : stored?.WeightGrams ?? 0,
            LengthMm: row.Has("length_mm") ? row.Whole("length_mm") : stored?.LengthMm,
            WidthMm: row.Has("width_mm") ? row.Whole("width_mm") : stored?.WidthMm,
            HeightMm: row.Has("height_mm") ? row.Whole("height_mm") : stored?.HeightMm,
            CostMinor: keepsCost ? stored?.CostMinor : row.Amount("cost", costCurrency),
            CostCurrency: keepsCost ? stored?.CostCurrency : row.Text("cost") is null ? null : costCurrency,
            Prices: Prices(row, stored),
            Barcodes: stored?.Barcodes.Select(b => new BarcodeBody(b.Barcode.Text, b.PackQuantity)).ToList(),
            HandlingFlags: row.Has("handling_flags") ? row.Text("handling_flags")?.Split([' ', '|'], StringSplitOptions.RemoveEmptyEntries) : stored?.HandlingFlags,
            Components: Components(row, stored),
            Description: row.Has("description") ? row.Text("description") : stored?.Description,
            Metadata: Metadata(row, stored),
            IsActive: row.Has("is_active") ? row.YesNo("is_active") ?? true : stored?.IsActive ?? true,
            Backorder: row.Has("backorder") ? row.Word("backorder")?.ToLowerInvariant() : stored?.Policy.Backorder,
            BackorderCap: row.Has("backorder_cap") ? row.Whole("backorder_cap") : stored?.Policy.BackorderCap,
            BackorderLeadDays: row.Has("backorder_lead_days") ? row.Whole("backorder_lead_days") is { } days ? (int)Math.Clamp(days, -1, int.MaxValue) : null : stored?.Policy.LeadDays,
            BackorderExpectedAt: row.Has("backorder_expected_at") ? row.When("backorder_expected_at") : stored?.Policy.ExpectedAt,
            PreorderReleaseAt: row.Has("preorder_release_at") ? row.When("preorder_release_at") : stored?.Policy.ReleaseAt,
            PreorderCap: row.Has("preorder_cap") ? row.Whole("preorder_cap") : stored?.Policy.PreorderCap,
            Tags: row.Has("tags") ? ReadTags(row.Text("tags") ?? "") : null);
        if (!row.IsSound) return null;
        var product = ProductChecks.Check(body);
        if (product.Error is not { } error) return product.Value;
        row.Fault(error, pointer => Column(pointer, body.Prices!));
        return null;
    }

    // Tags are parted by bars; a file from elsewhere may part them by commas.
    private static string[] ReadTags(string cell) =>
        cell.Split(cell.Contains('|', StringComparison.Ordinal) ? '|' : ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string? WriteTags(IReadOnlyList<string> tags) =>
        tags.Count == 0 ? null : string.Join(" | ", tags) + (tags is [var only] && only.Contains(',', StringComparison.Ordinal) ? " |" : "");

    private static List<PriceBody?> Prices(FileRow row, Product? stored)
    {
        var prices = (stored?.Prices ?? []).ToDictionary(p => p.Currency, p => p.PriceMinor);
        foreach (string column in row.Columns.Where(c => c.StartsWith("price_", StringComparison.Ordinal)))
        {
            string currency = column[6..].ToUpperInvariant();
            if (row.Amount(column, currency) is { } minor) prices[currency] = minor;
            else prices.Remove(currency);
        }
        return [.. prices.Select(p => new PriceBody(p.Key, p.Value))];
    }

    private static IReadOnlyList<ComponentBody?>? Components(FileRow row, Product? stored)
    {
        if (!row.Has("components")) return [.. (stored?.Components ?? []).Select(c => new ComponentBody(c.Sku, c.Quantity))];
        if (ComponentList.Read(row.Text("components")) is { } parts) return parts;
        row.Fault("components", "field.malformed", "Components are written as 2 x SKU-A | 1 x SKU-B.");
        return null;
    }

    private static IReadOnlyDictionary<string, string?>? Metadata(FileRow row, Product? stored)
    {
        if (!row.Has("metadata")) return stored?.Metadata.ToDictionary(m => m.Key, m => (string?)m.Value);
        if (row.Text("metadata") is not { } json) return null;
        try { return JsonSerializer.Deserialize<Dictionary<string, string?>>(json, Json.Options); }
        catch (JsonException)
        {
            row.Fault("metadata", "field.malformed", """Metadata is a JSON object of texts, such as {"season":"all"}.""");
            return null;
        }
    }

    private static string Column(string pointer, Product product) => Column(pointer, [.. product.Prices.Select(p => new PriceBody(p.Currency, p.PriceMinor))]);

    // /weightGrams → weight_grams, /prices/1/priceMinor → price_gbp, /costMinor → cost
    private static string Column(string pointer, IReadOnlyList<PriceBody?> prices)
    {
        string[] parts = pointer.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts switch
        {
            ["prices", var i, ..] when int.TryParse(i, out int at) && at < prices.Count => "price_" + prices[at]?.Currency?.ToLowerInvariant(),
            ["costMinor"] => "cost",
            [var field, ..] => FileColumn.Tidy(field),
            _ => "",
        };
    }

    [GeneratedRegex("^price_[a-z]{3}$")]
    private static partial Regex PriceColumn();
}

/// <summary>Components in one cell: <c>2 x SKU-A | 1 x SKU-B</c>; a bar or a backslash inside a SKU has a backslash before it.</summary>
internal static class ComponentList
{
    public static string? Write(IReadOnlyList<Component> components) => components.Count == 0 ? null : string.Join(" | ", components.Select(c =>
        $"{Text.Invariant(c.Quantity)} x {c.Sku.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("|", @"\|", StringComparison.Ordinal)}"));

    /// <summary>Null when it cannot be read.</summary>
    public static List<ComponentBody?>? Read(string? cell)
    {
        var parts = new List<ComponentBody?>();
        if (string.IsNullOrWhiteSpace(cell)) return parts;
        foreach (string part in Split(cell))
        {
            int x = part.IndexOf(" x ", StringComparison.Ordinal);
            if (x < 1 || !long.TryParse(part[..x], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out long quantity)) return null;
            parts.Add(new ComponentBody(part[(x + 3)..], quantity));
        }
        return parts;
    }

    private static IEnumerable<string> Split(string cell)
    {
        var part = new System.Text.StringBuilder();
        for (int i = 0; i < cell.Length; i++)
        {
            if (cell[i] == '\\' && i + 1 < cell.Length) part.Append(cell[++i]);
            else if (cell[i] != '|') part.Append(cell[i]);
            else { yield return part.ToString().Trim(); part.Clear(); }
        }
        yield return part.ToString().Trim();
    }
}
