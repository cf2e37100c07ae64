using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;
using Switchyard.Search;

namespace Switchyard.Catalog;

/// <summary>Shows products: one by SKU, one by barcode, or a page of those a query finds.</summary>
public static class ReadProducts
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/products", async ([AsParameters] ListAsk ask, Db db, TimeProvider clock, Actor actor, HttpContext http) =>
                (await List(ask, db, clock, actor)).ToHttp(http, ask))
            .Requires(Permission.CatalogRead).WithName("catalog.listProducts").WithTags("Catalog").WithSummary("List and search products")
            .WithDescription("query holds words and field:value, as docs/api/search.md says; GET /search/fields?list=products names the fields. sort: sku or -updatedAt.")
            .Produces<ListPage<ProductView>>().ProducesProblem(400);
        routes.MapGet("/products/{sku}", async (string sku, Db db, Actor actor, HttpContext http) => (await Find(sku, db, actor)).ToHttp(http))
            .Requires(Permission.CatalogRead).WithName("catalog.getProduct").WithSummary("Read a product").WithTags("Catalog").Produces<ProductView>().ProducesProblem(404);
        routes.MapGet("/products/{sku}/history", async (string sku, int? limit, string? after, Db db, Actor actor) => (await History(FromAddress(sku), limit, after, db, actor)).ToHttp())
            .Requires(Permission.CatalogRead).WithName("catalog.history").WithTags("Catalog").WithSummary("Who changed a product, newest first")
            .Produces<Page<ThingHistory.Entry>>().ProducesProblem(400).ProducesProblem(404);
        routes.MapGet("/products/by-barcode/{barcode}", async (string barcode, Db db, Actor actor, HttpContext http) => (await Scan(barcode, db, actor)).ToHttp(http))
            .Requires(Permission.CatalogRead).WithName("catalog.getProductByBarcode").WithSummary("Find a product by a barcode").WithTags("Catalog").Produces<ProductView>()
            .ProducesProblem(400).ProducesProblem(404);
    }

    /// <remarks>Errors: request.invalid with pointers #limit, #after, #before, #sort, #expand, #query (and the column).</remarks>
    public static async Task<Result<ListPage<ProductView>>> List(ListAsk ask, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        SearchAnswer.Names(ask.Expand, "#expand", SearchAnswer.MostExpand, [], checks);
        if (checks.AnyFault) return checks.ToError();
        var order = ListOrder.Read(ProductsList.Spec.For(actor), ask, clock.GetUtcNow());
        if (order.Error is { } error) return error;
        return await db.Read<Result<ListPage<ProductView>>>(actor, async work =>
        {
            var (keys, next, previous, count) = await SearchList.Keys(work, ProductsList.Spec, order.Value);
            var found = await Read(work, [.. keys.Select(k => (long)k.Id)]);
            return new ListPage<ProductView>([.. found.Select(p => ProductView.Of(p, actor))], next, next is not null, previous, count, null);
        }, snapshot: true);
    }

    /// <summary>Products whole, in the order of their ids.</summary>
    internal static async Task<List<StoredProduct>> Read(Work work, long[] ids)
    {
        var found = (await ProductsSql.Where(work, " where p.merchant_id = @merchant and p.id = any(@ids)", ("ids", ids))).ToDictionary(p => p.Id);
        return [.. ids.Select(id => found.GetValueOrDefault(id)).OfType<StoredProduct>()];
    }

    public static async Task<Result<ProductView>> Find(string sku, Db db, Actor actor)
    {
        sku = FromAddress(sku);
        if (!Text.IsStorable(sku)) return CatalogErrors.NoSuchProduct(sku);
        var found = await db.Read(actor, work => ProductsSql.ByKeys(work, [Text.Key(sku)]), snapshot: true);
        return found is [var product] ? ProductView.Of(product, actor) : CatalogErrors.NoSuchProduct(sku);
    }

    private static async Task<Result<Page<ThingHistory.Entry>>> History(string sku, int? limit, string? after, Db db, Actor actor)
    {
        if (!Text.IsStorable(sku)) return CatalogErrors.NoSuchProduct(sku);
        return await ThingHistory.Read(db, actor, "product", limit, after, CatalogErrors.NoSuchProduct(sku),
            async work => await ProductsSql.ByKeys(work, [Text.Key(sku)]) is [var found] ? found.Product.Sku : null);
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
}
