using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Catalog;

/// <summary>A product that may be given instead of another.</summary>
/// <param name="PriceMinor">Its list price in the currency asked about; null: it has none.</param>
public sealed record Substitute(long SkuId, string Sku, string Name, long WeightGrams, long? PriceMinor)
{
    /// <summary>
    /// What may be given instead of a product now, the best first: active goods whose sale is not stopped, taxed alike, so that what the customer pays holds whichever is sent.
    /// </summary>
    public static Task<List<Substitute>> Of(Work work, long sku, string currency) => work.Query(
        """
        select p.id, p.sku, p.name, p.weight_grams, x.price_minor from product_substitutes s join products o on o.id = s.product_id join products p on p.id = s.substitute_id
          left join product_prices x on x.product_id = p.id and x.currency = @currency
         where s.merchant_id = @merchant and s.product_id = @sku and p.is_active and p.kind = 'goods' and p.sale_stopped_ms is null and p.tax_class = o.tax_class order by s.place
        """, row => new Substitute(row.Long(), row.Text(), row.Text(), row.Long(), row.LongOrNull()), ("sku", sku), ("currency", currency));
}

/// <summary>Says of a product what may be given instead of it when it is not on the shelf, the best first.</summary>
public static class WriteSubstitutes
{
    public const int Most = 10;

    /// <param name="Skus">At most 10, the best first; empty: nothing may.</param>
    public sealed record Request(IReadOnlyList<string?>? Skus);

    /// <param name="IsTaxedAlike">Taxed in another way it is never offered: the customer's price would not hold.</param>
    public sealed record Item(string Sku, string Name, bool IsActive, bool IsTaxedAlike);
    public sealed record Response(string Object, string Sku, IReadOnlyList<Item> Substitutes);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/products/{sku}/substitutes", async (string sku, Db db, Actor actor) => (await db.Read(actor, work => Find(work, sku))).ToHttp())
            .Requires(Permission.CatalogRead).WithName("catalog.readSubstitutes").WithTags("Catalog").WithSummary("Read what may be given instead of a product").Produces<Response>().ProducesProblem(404);
        routes.MapPut("/products/{sku}/substitutes", async (string sku, Request body, Db db, TimeProvider clock, Actor actor) => (await Handle(sku, body, db, clock, actor)).ToHttp())
            .Requires(Permission.CatalogWrite).WithName("catalog.writeSubstitutes").WithTags("Catalog").WithSummary("Say what may be given instead of a product, the best first")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404);
    }

    /// <remarks>Errors: catalog.no_such_product; request.invalid with /skus and field.required, catalog.no_such_product, catalog.substitute_not_goods, catalog.substitute_itself, catalog.substitute_twice.</remarks>
    public static async Task<Result<Response>> Handle(string sku, Request body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.That(body.Skus is not null, "/skus", "field.required", "skus is required; empty takes all away.");
        checks.Range(body.Skus?.Count ?? 0, 0, Most, "/skus");
        var wanted = (body.Skus ?? []).Take(Most).ToList();
        for (int i = 0; i < wanted.Count; i++) checks.Text(wanted[i], $"/skus/{i}", 100, required: true);
        if (checks.AnyFault) return checks.ToError();
        return await db.Write<Response>(actor, async work =>
        {
            if (!Text.IsStorable(sku)) return CatalogErrors.NoSuchProduct(sku);
            // The product's row is locked: two who write at once come one after the other.
            var self = await work.Query("select id, sku, kind from products where merchant_id = @merchant and sku_key = @key for update", row => (Id: row.Long(), Sku: row.Text(), Kind: row.Text()), ("key", Text.Key(sku)));
            if (self is not [var product]) return CatalogErrors.NoSuchProduct(sku);
            var known = (await work.Query("select sku_key, id, kind from products where merchant_id = @merchant and sku_key = any(@keys)", row => (Key: row.Text(), Id: row.Long(), Kind: row.Text()),
                ("keys", wanted.Select(w => Text.Key(w!)).Distinct().ToArray()))).ToDictionary(p => p.Key, StringComparer.Ordinal);
            var ids = new List<long>();
            checks.That(wanted.Count == 0 || product.Kind == "goods", "/skus", "catalog.substitute_not_goods", "Only goods stand in for goods.");
            foreach (var (i, text) in wanted.Index())
            {
                if (!known.TryGetValue(Text.Key(text!), out var found)) { checks.Fault($"/skus/{i}", "catalog.no_such_product", $"There is no product {text}."); continue; }
                checks.That(found.Kind == "goods", $"/skus/{i}", "catalog.substitute_not_goods", "Only goods stand in for goods.");
                checks.That(found.Id != product.Id, $"/skus/{i}", "catalog.substitute_itself", "A product does not stand in for itself.");
                checks.That(!ids.Contains(found.Id), $"/skus/{i}", "catalog.substitute_twice", $"{text} is named twice.");
                ids.Add(found.Id);
            }
            if (checks.AnyFault) return checks.ToError();
            var before = await work.Query("select substitute_id from product_substitutes where merchant_id = @merchant and product_id = @id order by place", row => row.Long(), ("id", product.Id));
            if (before.SequenceEqual(ids)) return await Find(work, sku);
            await work.Execute("delete from product_substitutes where merchant_id = @merchant and product_id = @id", ("id", product.Id));
            await work.Execute("insert into product_substitutes (product_id, place, merchant_id, substitute_id) select @id, place, @merchant, substitute_id from @rows r",
                Rows.Of(ids.Index().ToList()).Int("place", s => s.Index + 1).Long("substitute_id", s => s.Item), ("id", product.Id));
            var after = await Find(work, sku);
            await EventLog.Append(work, actor, clock.GetUtcNow(), new Happening("product", product.Sku, "ProductSubstitutesChanged", new { product.Sku, substitutes = after.Value.Substitutes.Select(s => s.Sku) }));
            return after;
        });
    }

    private static async Task<Result<Response>> Find(Work work, string sku)
    {
        if (!Text.IsStorable(sku)) return CatalogErrors.NoSuchProduct(sku);
        var self = await work.Query("select id, sku from products where merchant_id = @merchant and sku_key = @key", row => (Id: row.Long(), Sku: row.Text()), ("key", Text.Key(sku)));
        if (self is not [var product]) return CatalogErrors.NoSuchProduct(sku);
        return new Response("substitutes", product.Sku, await work.Query(
            """
            select p.sku, p.name, p.is_active, p.tax_class = o.tax_class from product_substitutes s join products o on o.id = s.product_id join products p on p.id = s.substitute_id
             where s.merchant_id = @merchant and s.product_id = @id order by s.place
            """, row => new Item(row.Text(), row.Text(), row.Bool(), row.Bool()), ("id", product.Id)));
    }
}
