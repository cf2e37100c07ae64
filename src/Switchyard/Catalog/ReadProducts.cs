using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Catalog;

/// <summary>Shows products: one by SKU, one by barcode, or a page of them by the start of the SKU or a part of the name.</summary>
public static class ReadProducts
{
    public const int MostQuery = 100;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/products", async (string? query, int? limit, string? after, Db db, Actor actor) => (await List(query, limit, after, db, actor)).ToHttp())
            .Requires(Permission.CatalogRead).WithName("catalog.listProducts").WithTags("Catalog").Produces<Page<ProductView>>().ProducesProblem(400);
        routes.MapGet("/products/{sku}", async (string sku, Db db, Actor actor, HttpContext http) => (await Find(sku, db, actor)).ToHttp(http))
            .Requires(Permission.CatalogRead).WithName("catalog.getProduct").WithTags("Catalog").Produces<ProductView>().ProducesProblem(404);
        routes.MapGet("/products/by-barcode/{barcode}", async (string barcode, Db db, Actor actor, HttpContext http) => (await Scan(barcode, db, actor)).ToHttp(http))
            .Requires(Permission.CatalogRead).WithName("catalog.getProductByBarcode").WithTags("Catalog").Produces<ProductView>()
            .ProducesProblem(400).ProducesProblem(404);
    }

    public static async Task<Result<Page<ProductView>>> List(string? query, int? limit, string? after, Db db, Actor actor)
    {
        var checks = new Checks();
        checks.Text(query, "#query", MostQuery);
        int most = limit ?? Cursor.DefaultLimit;
        checks.Range(most, 1, Cursor.MostLimit, "#limit");
        if (!Cursor.TryDecode(after, out string from) || !Text.IsStorable(from)) checks.Fault("#after", "field.malformed", "after is not a cursor of this list.");
        if (checks.AnyFault) return checks.ToError();

        string? wanted = string.IsNullOrWhiteSpace(query) ? null : query.Trim();
        var found = await db.Read(actor, work => ProductsSql.Where(work,
            """
             where p.merchant_id = @merchant and p.sku_key > @after
               and (@name::text is null or p.sku_key like @prefix::text escape '\' or lower(p.name) like @name::text escape '\')
             order by p.sku_key limit @limit
            """,
            ("after", from), ("limit", most + 1L), ("prefix", wanted is null ? null : Pattern(Text.Key(wanted)) + "%"),
            ("name", wanted is null ? null : "%" + Pattern(wanted.ToLowerInvariant()) + "%")), snapshot: true);
        var page = Page<StoredProduct>.Of(found, most, p => p.Product.Key);
        return new Page<ProductView>([.. page.Data.Select(p => ProductView.Of(p, actor))], page.Next, page.HasMore);
    }

    public static async Task<Result<ProductView>> Find(string sku, Db db, Actor actor)
    {
        sku = FromAddress(sku);
        if (!Text.IsStorable(sku)) return CatalogErrors.NoSuchProduct(sku);
        var found = await db.Read(actor, work => ProductsSql.ByKeys(work, [Text.Key(sku)]), snapshot: true);
        return found is [var product] ? ProductView.Of(product, actor) : CatalogErrors.NoSuchProduct(sku);
    }

    public static async Task<Result<ProductView>> Scan(string text, Db db, Actor actor)
    {
        var barcode = Barcode.Parse(FromAddress(text));
        if (barcode.Error is { } error) return error with { Fields = [new FieldError("#barcode", error.Code, error.Detail)] };
        var found = await db.Read(actor, work => ProductsSql.Where(work,
            """
            join product_barcodes b on b.product_id = p.id
             where p.merchant_id = @merchant and b.merchant_id = @merchant and b.barcode_key = @key
            """, ("key", barcode.Value.Key)), snapshot: true);
        return found is [var product] ? ProductView.Of(product, actor) : CatalogErrors.NoSuchBarcode(barcode.Value.Text);
    }

    // A slash in an address stays written as %2F; everything else arrives decoded.
    internal static string FromAddress(string text) => text.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    private static string Pattern(string text) => text.Replace(@"\", @"\\", StringComparison.Ordinal)
        .Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);
}
