using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Catalog;

/// <summary>What packing must know of a product.</summary>
/// <param name="Turning">any, thisWayUp or none.</param>
/// <param name="IsFragile">Nothing may lie above it.</param>
/// <param name="ShipsAlone">It goes into a parcel of its own.</param>
/// <param name="MinAge">Years; somebody proves the age before it is handed over.</param>
/// <param name="Hazard">For instance UN3481: the label is confirmed before it is handed over.</param>
public sealed record ProductPacking(string Sku, long WeightGrams, long? LengthMm, long? WidthMm, long? HeightMm, string Turning, bool IsFragile, bool ShipsAlone, int? MinAge, string? Hazard)
{
    public bool IsMeasured => LengthMm is > 0 && WidthMm is > 0 && HeightMm is > 0;

    /// <summary>What packing must know of these SKUs, by <c>Text.Key</c>.</summary>
    public static async Task<IReadOnlyDictionary<string, ProductPacking>> Read(Work work, IEnumerable<string> skus)
    {
        var found = await work.Query(
            """
            select p.sku_key, p.sku, p.weight_grams, p.length_mm, p.width_mm, p.height_mm, coalesce(k.turning, 'any'), coalesce(k.is_fragile, false), coalesce(k.ships_alone, false), k.min_age, k.hazard
              from products p left join product_packing k on k.product_id = p.id and k.merchant_id = @merchant
             where p.merchant_id = @merchant and p.sku_key = any(@keys)
            """, row => (Key: row.Text(), Product: new ProductPacking(row.Text(), row.Long(), row.LongOrNull(), row.LongOrNull(), row.LongOrNull(), row.Text(), row.Bool(), row.Bool(),
                row.IntOrNull(), row.TextOrNull())), ("keys", skus.Select(Text.Key).Distinct().ToArray()));
        return found.ToDictionary(f => f.Key, f => f.Product, StringComparer.Ordinal);
    }
}

/// <summary>Says of a product how it is packed and what must be shown before it is handed over. Sizes and weight are written with the product.</summary>
public static class WritePacking
{
    public sealed record Request(string? Turning, bool IsFragile = false, bool ShipsAlone = false, int? MinAge = null, string? Hazard = null);
    public sealed record Response(string Object, string Sku, string Turning, bool IsFragile, bool ShipsAlone, int? MinAge, string? Hazard);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/products/{sku}/packing", async (string sku, Db db, Actor actor) => (await db.Read(actor, work => Find(work, sku))).ToHttp())
            .Requires(Permission.CatalogRead).WithName("catalog.readPacking").WithTags("Catalog").WithSummary("Read how a product is packed").Produces<Response>().ProducesProblem(404);
        routes.MapPut("/products/{sku}/packing", async (string sku, Request body, Db db, TimeProvider clock, Actor actor) => (await Handle(sku, body, db, clock, actor)).ToHttp())
            .Requires(Permission.CatalogWrite).WithName("catalog.writePacking").WithTags("Catalog").WithSummary("Say how a product is packed")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404);
    }

    /// <remarks>Errors: catalog.no_such_product; request.invalid with /turning, /minAge, /hazard.</remarks>
    public static async Task<Result<Response>> Handle(string sku, Request body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.That(body.Turning is null or "any" or "thisWayUp" or "none", "/turning", "field.unknown_value", "turning is any, thisWayUp or none.");
        checks.Range(body.MinAge ?? 18, 1, 99, "/minAge");
        checks.Text(body.Hazard, "/hazard", 64);
        if (checks.AnyFault) return checks.ToError();
        return await db.Write<Response>(actor, async work =>
        {
            var found = await Find(work, sku);
            if (found.Error is { } error) return error;
            var wanted = new Response("productPacking", found.Value.Sku, body.Turning ?? "any", body.IsFragile, body.ShipsAlone, body.MinAge, string.IsNullOrWhiteSpace(body.Hazard) ? null : body.Hazard);
            if (wanted == found.Value) return wanted;
            var now = clock.GetUtcNow();
            await work.Execute(
                """
                insert into product_packing (product_id, merchant_id, turning, is_fragile, ships_alone, min_age, hazard, updated_at_ms)
                select id, @merchant, @turning, @fragile, @alone, @age::integer, @hazard::text, @now from products where merchant_id = @merchant and sku_key = @key
                    on conflict (product_id) do update set turning = excluded.turning, is_fragile = excluded.is_fragile, ships_alone = excluded.ships_alone,
                       min_age = excluded.min_age, hazard = excluded.hazard, updated_at_ms = excluded.updated_at_ms
                """, ("turning", wanted.Turning), ("fragile", wanted.IsFragile), ("alone", wanted.ShipsAlone), ("age", wanted.MinAge), ("hazard", wanted.Hazard),
                ("now", now.ToUnixTimeMilliseconds()), ("key", Text.Key(sku)));
            await EventLog.Append(work, actor, now, new Happening("product", wanted.Sku, "ProductPackingChanged", wanted));
            return wanted;
        });
    }

    private static async Task<Result<Response>> Find(Work work, string sku)
    {
        if (!Text.IsStorable(sku)) return CatalogErrors.NoSuchProduct(sku);
        return (await ProductPacking.Read(work, [sku])).Values.SingleOrDefault() is { } p
            ? new Response("productPacking", p.Sku, p.Turning, p.IsFragile, p.ShipsAlone, p.MinAge, p.Hazard) : CatalogErrors.NoSuchProduct(sku);
    }
}
