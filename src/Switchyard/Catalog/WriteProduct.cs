using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Catalog;

/// <summary>A product as the API shows it. Costs are null for whoever may not see them.</summary>
public sealed record ProductView(string Object, string Sku, string Name, ItemKind Kind, string TaxClass, long WeightGrams, long? LengthMm, long? WidthMm,
    long? HeightMm, long? CostMinor, string? CostCurrency, IReadOnlyList<Price> Prices, IReadOnlyList<BarcodeView> Barcodes,
    IReadOnlyList<string> HandlingFlags, IReadOnlyList<Component> Components, string? Description, IReadOnlyDictionary<string, string> Metadata,
    bool IsActive, long Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    /// <summary>May it be sold without stock: yes, no, or null when the channel decides.</summary>
    public string? Backorder { get; init; }
    public long? BackorderCap { get; init; }
    public int? BackorderLeadDays { get; init; }
    public DateTimeOffset? BackorderExpectedAt { get; init; }

    /// <summary>Until then it is sold ahead and nothing of it leaves.</summary>
    public DateTimeOffset? PreorderReleaseAt { get; init; }
    public long? PreorderCap { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>What it is a variant of; <c>GET /products?query=variant:CODE</c> lists all of them.</summary>
    public string? VariantGroup { get; init; }
    public IReadOnlyDictionary<string, string> VariantOptions { get; init; } = new Dictionary<string, string>();
    public IReadOnlyList<ImageView> Images { get; init; } = [];

    public static ProductView Of(StoredProduct stored, Actor actor)
    {
        var p = stored.Product;
        bool maySeeCosts = actor.May(Permission.CatalogCosts);
        return new ProductView("product", p.Sku, p.Name, p.Kind, p.TaxClass, p.WeightGrams, p.LengthMm, p.WidthMm, p.HeightMm,
            maySeeCosts ? p.CostMinor : null, maySeeCosts ? p.CostCurrency : null, p.Prices,
            [.. p.Barcodes.Select(b => new BarcodeView(b.Barcode.Text, b.Barcode.Kind, b.PackQuantity))],
            p.HandlingFlags, p.Components, p.Description, p.Metadata, p.IsActive, stored.Version, stored.CreatedAt, stored.UpdatedAt)
        {
            Backorder = p.Policy.Backorder, BackorderCap = p.Policy.BackorderCap, BackorderLeadDays = p.Policy.LeadDays, BackorderExpectedAt = p.Policy.ExpectedAt,
            PreorderReleaseAt = p.Policy.ReleaseAt, PreorderCap = p.Policy.PreorderCap, Tags = p.Tags ?? [],
            VariantGroup = stored.VariantGroup, VariantOptions = stored.VariantOptions, Images = stored.Images,
        };
    }
}

public sealed record BarcodeView(string Barcode, string Kind, long PackQuantity);

/// <summary>Makes a product (POST), or makes it exactly as told (PUT, which also makes it when there is none).</summary>
public static class WriteProduct
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/products", async (ProductBody body, Db db, TimeProvider clock, Actor actor, HttpContext http) =>
                (await Handle(body, null, null, db, clock, actor)).ToHttp(http, StatusCodes.Status201Created))
            .Requires(Permission.CatalogWrite).WithName("catalog.createProduct").WithSummary("Add a product").WithTags("Catalog").Produces<ProductView>(201)
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(409);

        routes.MapPut("/products/{sku}", async (string sku, ProductBody body, Db db, TimeProvider clock, Actor actor, HttpContext http) =>
            {
                var expected = ETag.Expected(http);
                return expected.Error is { } error ? error.ToHttp() : (await Handle(body, sku, expected.Value, db, clock, actor)).ToHttp(http);
            })
            .Requires(Permission.CatalogWrite).WithName("catalog.replaceProduct").WithSummary("Write a product").WithTags("Catalog").Produces<ProductView>()
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(409).ProducesProblem(412);
    }

    /// <param name="sku">Null to make a new product; else the SKU to write, which the body may leave out or spell anew.</param>
    /// <param name="expectedVersion">The version the caller has read, or null to write over any.</param>
    public static async Task<Result<ProductView>> Handle(ProductBody body, string? sku, long? expectedVersion, Db db, TimeProvider clock, Actor actor)
    {
        sku = sku is null ? null : ReadProducts.FromAddress(sku);
        if (sku is not null) body = body with { Sku = body.Sku ?? sku };
        var check = new Checks();
        var wanted = ProductChecks.Check(body, check);
        if (sku is not null && Text.IsStorable(sku) && Text.IsStorable(wanted.Sku))
            check.That(Text.Key(sku) == wanted.Key, "/sku", "catalog.sku_differs", "The SKU in the body is another than that of the address.");
        if (check.AnyFault) return check.ToError();
        if (body.CostMinor is not null && !actor.May(Permission.CatalogCosts)) return CatalogErrors.CostsHidden;

        var now = clock.GetUtcNow();
        return await db.Write<ProductView>(actor, async work =>
        {
            var saved = await SaveProducts.Save(work, actor, now, [wanted], Judge);
            if ((saved.Error ?? saved.Value[0].Error) is { } error) return error;
            return ProductView.Of((await ProductsSql.ByKeys(work, [wanted.Key])).Single(), actor);
        });

        Result<Product> Judge(Product product, StoredProduct? stored)
        {
            if (stored is not null && sku is null) return CatalogErrors.SkuTaken(stored.Product.Sku);
            if (expectedVersion is { } version && (stored?.Version ?? 0) != version) return CatalogErrors.Changed(product.Sku, stored?.Version ?? 0);
            // Whoever may not see a cost or a price does not wipe it either.
            if (stored is not null && !actor.May(Permission.CatalogCosts)) product = product with { CostMinor = stored.Product.CostMinor, CostCurrency = stored.Product.CostCurrency };
            return stored is null || actor.May(Permission.PricesRead) ? product : product with { Prices = stored.Product.Prices };
        }
    }

    /// <summary>The answer with the version as its ETag.</summary>
    internal static IResult ToHttp(this Result<ProductView> result, HttpContext http, int status = StatusCodes.Status200OK)
    {
        if (result.IsOk) ETag.Set(http, result.Value.Version);
        return result.ToHttp(status, view => "/api/v1/products/" + Uri.EscapeDataString(view.Sku));
    }
}
