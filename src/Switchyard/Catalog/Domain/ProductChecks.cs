using Switchyard.Kernel;

namespace Switchyard.Catalog;

/// <summary>A product as a caller writes it, nothing checked yet.</summary>
public sealed record ProductBody(
    string? Sku = null, string? Name = null, ItemKind Kind = ItemKind.Goods, string? TaxClass = null, long WeightGrams = 0,
    long? LengthMm = null, long? WidthMm = null, long? HeightMm = null, long? CostMinor = null, string? CostCurrency = null,
    IReadOnlyList<PriceBody?>? Prices = null, IReadOnlyList<BarcodeBody?>? Barcodes = null, IReadOnlyList<string?>? HandlingFlags = null,
    IReadOnlyList<ComponentBody?>? Components = null, string? Description = null, IReadOnlyDictionary<string, string?>? Metadata = null,
    bool IsActive = true, string? Backorder = null, long? BackorderCap = null, int? BackorderLeadDays = null, DateTimeOffset? BackorderExpectedAt = null,
    DateTimeOffset? PreorderReleaseAt = null, long? PreorderCap = null, IReadOnlyList<string?>? Tags = null);

public sealed record PriceBody(string? Currency = null, long PriceMinor = -1);
public sealed record BarcodeBody(string? Barcode = null, long PackQuantity = 1);
public sealed record ComponentBody(string? Sku = null, long Quantity = 1);

/// <summary>Turns what was asked into a product, or names every fault with its pointer.</summary>
public static class ProductChecks
{
    public const int MostSku = 100, MostName = 300, MostDescription = 20_000, MostPrices = 200, MostBarcodes = 50, MostComponents = 100;
    public const int MostFlags = 30, MostMetadata = 50, MostMetadataKey = 100, MostMetadataValue = 5_000;
    public const int MostTags = 50, MostTag = 64;

    /// <summary>1,000 tonnes.</summary>
    public const long MostGrams = 1_000_000_000;

    public const int MostLeadDays = 1_000;

    /// <summary>1 kilometre.</summary>
    public const long MostMillimetres = 1_000_000;

    /// <summary>Checks all fields that can be checked without looking anything up.</summary>
    /// <remarks>Errors: request.invalid with one entry for each field at fault.</remarks>
    public static Result<Product> Check(ProductBody body)
    {
        var checks = new Checks();
        var product = Check(body, checks);
        return checks.AnyFault ? checks.ToError() : product;
    }

    public static Product Check(ProductBody body, Checks checks)
    {
        string sku = Sku(checks, body.Sku, "/sku");
        checks.Text(body.Name, "/name", MostName, required: true);
        string taxClass = string.IsNullOrEmpty(body.TaxClass) ? "standard" : body.TaxClass;
        Code(checks, taxClass, "/taxClass");
        checks.Range(body.WeightGrams, 0, MostGrams, "/weightGrams");
        Size(checks, body.LengthMm, "/lengthMm");
        Size(checks, body.WidthMm, "/widthMm");
        Size(checks, body.HeightMm, "/heightMm");
        if (body.CostMinor is { } cost) checks.Amount(cost, "/costMinor");
        checks.That(body.CostMinor is null == string.IsNullOrEmpty(body.CostCurrency), "/costCurrency", "field.required",
            "A cost and its currency go together.");
        if (!string.IsNullOrEmpty(body.CostCurrency)) IsCurrency(checks, body.CostCurrency, "/costCurrency");
        checks.Text(body.Description, "/description", MostDescription);
        return new Product
        {
            Sku = sku,
            Name = body.Name ?? "",
            Kind = body.Kind,
            TaxClass = taxClass,
            WeightGrams = body.WeightGrams,
            LengthMm = body.LengthMm,
            WidthMm = body.WidthMm,
            HeightMm = body.HeightMm,
            CostMinor = body.CostMinor,
            CostCurrency = body.CostMinor is null ? null : body.CostCurrency,
            Description = string.IsNullOrEmpty(body.Description) ? null : body.Description,
            IsActive = body.IsActive,
            Policy = Policy(checks, body),
            Prices = Prices(checks, body.Prices ?? []),
            Barcodes = Barcodes(checks, body.Barcodes ?? []),
            HandlingFlags = Flags(checks, body.HandlingFlags ?? []),
            Metadata = Metadata(checks, body.Metadata),
            Components = Components(checks, body.Kind, sku, body.Components ?? []),
            Tags = body.Tags is null ? null : Tags(checks, body.Tags, "/tags"),
        };
    }

    private static SkuPolicy Policy(Checks checks, ProductBody body)
    {
        checks.That(body.Backorder is null or "" or "yes" or "no", "/backorder", "field.not_one_of", "backorder is yes, no, or left out: then the channel decides.");
        if (body.BackorderCap is { } cap) checks.Range(cap, 0, Checks.MaxQuantity, "/backorderCap");
        if (body.PreorderCap is { } most) checks.Range(most, 0, Checks.MaxQuantity, "/preorderCap");
        if (body.BackorderLeadDays is { } days) checks.Range(days, 0, MostLeadDays, "/backorderLeadDays");
        checks.That(body.PreorderCap is null || body.PreorderReleaseAt is not null, "/preorderReleaseAt", "field.required", "A cap of preorders needs the release date.");
        bool isAny = body.Backorder is "yes" or "no" || body.BackorderCap is not null || body.BackorderLeadDays is not null || body.BackorderExpectedAt is not null || body.PreorderReleaseAt is not null;
        checks.That(!isAny || body.Kind == ItemKind.Goods, "/backorder", "catalog.not_goods", "Only goods wait for stock; of a bundle its components do.");
        return new SkuPolicy(string.IsNullOrEmpty(body.Backorder) ? null : body.Backorder, body.BackorderCap, body.BackorderLeadDays, Whole(body.BackorderExpectedAt),
            Whole(body.PreorderReleaseAt), body.PreorderCap);
    }

    // As it is stored, so that the same said again is no change.
    private static DateTimeOffset? Whole(DateTimeOffset? at) => at is { } x ? DateTimeOffset.FromUnixTimeMilliseconds(x.ToUnixTimeMilliseconds()) : null;

    /// <summary>A SKU without outer blanks: 1 to 100 characters, none of them a control character.</summary>
    public static string Sku(Checks checks, string? text, string pointer)
    {
        string sku = text?.Trim() ?? "";
        checks.Text(sku, pointer, MostSku, required: true);
        if (Text.IsStorable(sku)) checks.That(!sku.Any(char.IsControl), pointer, "field.not_text", "A SKU may hold only visible characters.");
        return sku;
    }

    public static void IsCurrency(Checks checks, string? code, string pointer) =>
        checks.That(Currency.TryParse(code, out _), pointer, "field.unknown_currency",
            "A currency of ISO 4217 in three capital letters is expected, such as GBP.");

    private static void Size(Checks checks, long? millimetres, string pointer)
    {
        if (millimetres is { } mm) checks.Range(mm, 1, MostMillimetres, pointer);
    }

    private static void Code(Checks checks, string? code, string pointer) =>
        checks.That(code is not null && Text.IsCode(code), pointer, "field.not_code",
            "A code has 1 to 64 visible characters and no blanks.");

    private static List<Price> Prices(Checks checks, IReadOnlyList<PriceBody?> bodies)
    {
        Most(checks, bodies.Count, MostPrices, "/prices");
        var prices = new List<Price>();
        foreach (var (i, body) in bodies.Take(MostPrices).Index())
        {
            if (body is null) { checks.Fault($"/prices/{i}", "field.required", "A price is expected."); continue; }
            IsCurrency(checks, body.Currency, $"/prices/{i}/currency");
            checks.Amount(body.PriceMinor, $"/prices/{i}/priceMinor");
            checks.That(prices.All(p => p.Currency != body.Currency), $"/prices/{i}/currency", "field.repeated", "One price a currency.");
            prices.Add(new Price(body.Currency ?? "", body.PriceMinor));
        }
        return prices;
    }

    private static List<PackBarcode> Barcodes(Checks checks, IReadOnlyList<BarcodeBody?> bodies)
    {
        Most(checks, bodies.Count, MostBarcodes, "/barcodes");
        var barcodes = new List<PackBarcode>();
        foreach (var (i, body) in bodies.Take(MostBarcodes).Index())
        {
            var read = Barcode.Parse(body?.Barcode);
            if (read.Error is { } error) { checks.Fault($"/barcodes/{i}/barcode", error.Code, error.Detail); continue; }
            checks.Quantity(body!.PackQuantity, $"/barcodes/{i}/packQuantity");
            checks.That(barcodes.All(b => b.Barcode.Key != read.Value.Key), $"/barcodes/{i}/barcode", "field.repeated", "The same barcode stands twice.");
            barcodes.Add(new PackBarcode(read.Value, body.PackQuantity));
        }
        return barcodes;
    }

    private static List<string> Flags(Checks checks, IReadOnlyList<string?> flags)
    {
        Most(checks, flags.Count, MostFlags, "/handlingFlags");
        foreach (var (i, flag) in flags.Take(MostFlags).Index()) Code(checks, flag, $"/handlingFlags/{i}");
        return [.. flags.OfType<string>().Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>Tags as they are kept: without outer blanks, the first spelling of each.</summary>
    public static List<string> Tags(Checks checks, IReadOnlyList<string?> tags, string pointer)
    {
        Most(checks, tags.Count, MostTags, pointer);
        foreach (var (i, tag) in tags.Take(MostTags).Index())
        {
            checks.Text(tag, $"{pointer}/{i}", MostTag, required: true);
            checks.That(tag?.Contains('|', StringComparison.Ordinal) != true, $"{pointer}/{i}", "field.malformed", "A tag has no bar: bars part the tags in files.");
        }
        return [.. tags.OfType<string>().Where(t => Text.IsStorable(t) && !string.IsNullOrWhiteSpace(t)).Select(t => t.Trim()).DistinctBy(Text.Key)];
    }

    private static SortedDictionary<string, string> Metadata(Checks checks, IReadOnlyDictionary<string, string?>? given)
    {
        var metadata = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Most(checks, given?.Count ?? 0, MostMetadata, "/metadata");
        foreach (var (key, value) in (given ?? new Dictionary<string, string?>()).Take(MostMetadata))
        {
            string pointer = "/metadata/" + key.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
            checks.That(key.Length is > 0 and <= MostMetadataKey && Text.IsStorable(key), "/metadata", "field.not_code",
                $"A metadata key has 1 to {MostMetadataKey} characters.");
            if (value is null) checks.Fault(pointer, "field.required", "A metadata value is a text.");
            else checks.Text(value, pointer, MostMetadataValue);
            metadata[key] = value ?? "";
        }
        return metadata;
    }

    private static List<Component> Components(Checks checks, ItemKind kind, string sku, IReadOnlyList<ComponentBody?> bodies)
    {
        Most(checks, bodies.Count, MostComponents, "/components");
        if (kind == ItemKind.Bundle) checks.That(bodies.Count > 0, "/components", "field.required", "A bundle has at least one component.");
        else checks.That(bodies.Count == 0, "/components", "catalog.not_a_bundle", "Only a bundle has components.");
        var components = new List<Component>();
        foreach (var (i, body) in bodies.Take(MostComponents).Index())
        {
            string part = Sku(checks, body?.Sku, $"/components/{i}/sku");
            checks.Quantity(body?.Quantity ?? 1, $"/components/{i}/quantity");
            string key = Text.IsStorable(part) ? Text.Key(part) : part;
            checks.That(components.All(c => Text.Key(c.Sku) != key), $"/components/{i}/sku", "field.repeated", $"{part} stands twice.");
            checks.That(!Text.IsStorable(sku) || key != Text.Key(sku), $"/components/{i}/sku", "catalog.component_not_goods", "A bundle cannot hold itself.");
            if (Text.IsStorable(part)) components.Add(new Component(part, body?.Quantity ?? 1));
        }
        return components;
    }

    private static void Most(Checks checks, int count, int most, string pointer) =>
        checks.That(count <= most, pointer, "field.too_many", $"At most {most} are taken here; these are {count}.");
}
