using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Catalog;

/// <summary>Says that products are variants of one another: the same thing in other colours or sizes. Each stays a SKU of its own.</summary>
public static class GroupVariants
{
    public const int MostOptions = 5, MostLength = 100;

    /// <param name="Group">What the variants share, such as a style's code; null takes the product out.</param>
    /// <param name="Options">What tells them apart: colour, size and the like.</param>
    public sealed record Request(string? Group, IReadOnlyDictionary<string, string?>? Options);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut("/products/{sku}/variant", async (string sku, Request body, Db db, TimeProvider clock, Actor actor) => (await Handle(sku, body, db, clock, actor)).ToHttp())
            .Requires(Permission.CatalogWrite).WithName("catalog.groupVariant").WithTags("Catalog").WithSummary("Say what a product is a variant of, and by which options")
            .Produces<ProductView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

    /// <remarks>Errors: catalog.no_such_product, catalog.same_variant.</remarks>
    public static async Task<Result<ProductView>> Handle(string sku, Request body, Db db, TimeProvider clock, Actor actor)
    {
        sku = ReadProducts.FromAddress(sku);
        var checks = new Checks();
        checks.Text(body.Group, "/group", MostLength);
        checks.That(body.Group is not null || body.Options is null or { Count: 0 }, "/group", "field.required", "Options are of a group.");
        checks.That((body.Options?.Count ?? 0) <= MostOptions, "/options", "field.too_many", $"At most {MostOptions} options.");
        foreach (var (name, value) in (body.Options ?? new Dictionary<string, string?>()).Take(MostOptions))
        {
            checks.Text(name, "/options", MostLength, required: true);
            checks.Text(value, "/options/" + name, MostLength, required: true);
        }
        if (checks.AnyFault) return checks.ToError();
        if (!Text.IsStorable(sku)) return CatalogErrors.NoSuchProduct(sku);
        string? group = string.IsNullOrWhiteSpace(body.Group) ? null : body.Group.Trim();
        string options = JsonSerializer.Serialize(new SortedDictionary<string, string>((body.Options ?? new Dictionary<string, string?>()).ToDictionary(o => o.Key.Trim(), o => o.Value!.Trim()), StringComparer.Ordinal), Json.Options);
        return await db.Write<ProductView>(actor, async work =>
        {
            if (await ProductsSql.ByKeys(work, [Text.Key(sku)], locked: true) is not [var product]) return CatalogErrors.NoSuchProduct(sku);
            if (group is not null && await work.Find("select sku from products where merchant_id = @merchant and variant_group = @group and variant_options = @options and id <> @id limit 1",
                    row => row.Text(), ("group", group), ("options", options), ("id", product.Id)) is { } twin) return CatalogErrors.SameVariant(twin);
            await work.Execute("update products set variant_group = @group::text, variant_options = @options, version = version + 1, updated_at_ms = @now where id = @id and merchant_id = @merchant",
                ("group", group), ("options", options), ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()), ("id", product.Id));
            await EventLog.Append(work, actor, clock.GetUtcNow(), new Happening("product", product.Product.Sku, "ProductGrouped", new { group, options = body.Options }));
            return ProductView.Of((await ProductsSql.ByKeys(work, [Text.Key(sku)])).Single(), actor);
        });
    }
}
