using System.Text.Json;
using Switchyard.Kernel;

namespace Switchyard.Catalog;

/// <summary>Goods have stock; a bundle is sold as one and explodes into goods; a charge is money only.</summary>
public enum ItemKind { Goods, Bundle, Charge }

public readonly record struct Price(string Currency, long PriceMinor);
public readonly record struct PackBarcode(Barcode Barcode, long PackQuantity);
public readonly record struct Component(string Sku, long Quantity);

/// <summary>What a product is, as it has been checked. Lists are sorted, so that equal products are equal texts.</summary>
public sealed record Product
{
    public required string Sku { get; init; }
    public required string Name { get; init; }
    public required ItemKind Kind { get; init; }
    public string TaxClass { get; init; } = "standard";
    public long WeightGrams { get; init; }
    public long? LengthMm { get; init; }
    public long? WidthMm { get; init; }
    public long? HeightMm { get; init; }
    public long? CostMinor { get; init; }
    public string? CostCurrency { get; init; }
    public string? Description { get; init; }
    public bool IsActive { get; init; } = true;
    public SkuPolicy Policy { get; init; } = SkuPolicy.None;
    public IReadOnlyList<string> HandlingFlags { get; init; } = [];
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();
    public IReadOnlyList<Price> Prices { get; init; } = [];
    public IReadOnlyList<PackBarcode> Barcodes { get; init; } = [];
    public IReadOnlyList<Component> Components { get; init; } = [];

    /// <summary>Null leaves those that are stored.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    public string Key => Text.Key(Sku);

    /// <summary>Is nothing different, so that nothing need be written? The SKU's spelling counts.</summary>
    public bool IsSameAs(Product other) => Fingerprint() == other.Fingerprint();

    private string Fingerprint() => JsonSerializer.Serialize(this with
    {
        HandlingFlags = [.. HandlingFlags.Order(StringComparer.Ordinal)],
        Tags = [.. (Tags ?? []).Order(StringComparer.Ordinal)],
        Metadata = new SortedDictionary<string, string>(Metadata.ToDictionary(), StringComparer.Ordinal),
        Prices = [.. Prices.OrderBy(p => p.Currency, StringComparer.Ordinal)],
        Barcodes = [.. Barcodes.OrderBy(b => b.Barcode.Key, StringComparer.Ordinal)],
        Components = [.. Components.Select(c => c with { Sku = Text.Key(c.Sku) }).OrderBy(c => c.Sku, StringComparer.Ordinal)],
    });
}

/// <summary>Every way the catalog can say no.</summary>
public static class CatalogErrors
{
    public static Error NoSuchProduct(string sku) => Error.NotFound("catalog.no_such_product", $"There is no product {sku}.");
    public static Error NoSuchBarcode(string code) => Error.NotFound("catalog.no_such_barcode", $"No product has the barcode {code}.");
    public static Error SkuTaken(string sku) => Error.Conflict("catalog.sku_taken", $"There is already a product {sku}.",
        new FieldError("/sku", "catalog.sku_taken", "Choose another SKU, or change that product."));
    public static Error KindIsFixed(string sku, ItemKind kind) => Error.Conflict("catalog.kind_fixed",
        $"{sku} is of kind {Name(kind)}; the kind of a product never changes. Make a new product.",
        new FieldError("/kind", "catalog.kind_fixed", "The kind of a product never changes."));
    public static Error BarcodeTaken(string pointer, string barcode, string sku) => Error.Conflict("catalog.barcode_taken",
        $"Barcode {barcode} belongs to {sku}.", new FieldError(pointer, "catalog.barcode_taken", $"Barcode {barcode} belongs to {sku}."));
    public static Error NoSuchComponent(string pointer, string sku) => Error.Invalid("catalog.no_such_component",
        $"There is no product {sku} to be a component.",
        new FieldError(pointer, "catalog.no_such_component", $"There is no product {sku} to be a component."));
    public static Error ComponentNotGoods(string pointer, string sku, ItemKind kind) => Error.Invalid("catalog.component_not_goods",
        $"{sku} is of kind {Name(kind)}; a bundle is made of goods only.",
        new FieldError(pointer, "catalog.component_not_goods", $"{sku} is of kind {Name(kind)}; a bundle is made of goods only."));
    public static Error Changed(string what, long version) => new(ErrorKind.Precondition, "catalog.changed_meanwhile",
        $"{what} was changed meanwhile; read it again.", [])
    { Extra = new Dictionary<string, object?> { ["version"] = version } };
    public static Error TryAgain(string sku) => Error.Conflict("catalog.taken_meanwhile",
        $"Another request made {sku}, or took one of its barcodes, at the same moment. Try again.");
    public static Error TooMany(long most) => Error.Unprocessable("catalog.too_many", $"That would be more than {most} products. Narrow the query.");
    public static Error TooManyTags(int most) => Error.Unprocessable("catalog.too_many_tags", $"A product can have at most {most} tags.");
    public static readonly Error NotAnImage = Error.Unprocessable("catalog.not_an_image", "This is no picture that is taken: send a PNG, JPEG, GIF or WebP file of at most 12,000 pixels a side.");
    public static readonly Error NoSuchImage = Error.NotFound("catalog.no_such_image", "There is no such picture.");
    public static Error TooManyImages(int most) => Error.Unprocessable("catalog.too_many_images", $"A product has at most {most} pictures. Take one away first.");
    public static Error SameVariant(string sku) => Error.Conflict("catalog.same_variant", $"{sku} is this variant already: the options of variants differ.");
    public static readonly Error CostsHidden = Error.Forbidden("catalog.costs_forbidden", "You may not set what products cost.");

    public static string Name(ItemKind kind) => kind switch { ItemKind.Bundle => "bundle", ItemKind.Charge => "charge", _ => "goods" };
}
