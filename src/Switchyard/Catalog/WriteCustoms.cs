using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Catalog;

/// <summary>Says of a product what customs asks: its number in the harmonised system and where it was made. What it is worth is the price it is sold at.</summary>
public static class WriteCustoms
{
    /// <param name="HsCode">6 to 10 digits, with or without dots; null when it is not known.</param>
    /// <param name="OriginCountry">ISO 3166, two letters.</param>
    public sealed record Request(string? HsCode, string? OriginCountry);
    public sealed record Response(string Object, string Sku, string? HsCode, string? OriginCountry);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/products/{sku}/customs", async (string sku, Db db, Actor actor) => (await db.Read(actor, work => Find(work, sku))).ToHttp())
            .Requires(Permission.CatalogRead).WithName("catalog.readCustoms").WithTags("Catalog").WithSummary("Read what customs asks of a product").Produces<Response>().ProducesProblem(404);
        routes.MapPut("/products/{sku}/customs", async (string sku, Request body, Db db, TimeProvider clock, Actor actor) => (await Handle(sku, body, db, clock, actor)).ToHttp())
            .Requires(Permission.CatalogWrite).WithName("catalog.writeCustoms").WithTags("Catalog").WithSummary("Say of a product what customs asks")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404);
    }

    /// <remarks>Errors: catalog.no_such_product; request.invalid with /hsCode, /originCountry.</remarks>
    public static async Task<Result<Response>> Handle(string sku, Request body, Db db, TimeProvider clock, Actor actor)
    {
        string? code = body.HsCode?.Replace(".", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal), origin = body.OriginCountry?.Trim().ToUpperInvariant();
        var checks = new Checks();
        checks.That(code is null || code.Length is >= 6 and <= 10 && code.All(char.IsAsciiDigit), "/hsCode", "field.malformed", "hsCode is 6 to 10 digits.");
        checks.That(origin is null || origin.Length == 2 && origin.All(char.IsAsciiLetterUpper), "/originCountry", "field.malformed", "originCountry is a country in two letters.");
        if (checks.AnyFault) return checks.ToError();
        return await db.Write<Response>(actor, async work =>
        {
            if ((await Find(work, sku)) is not { IsOk: true } stored) return CatalogErrors.NoSuchProduct(sku);
            if (stored.Value.HsCode == code && stored.Value.OriginCountry == origin) return stored.Value;
            await work.Execute("update products set hs_code = @code::text, origin_country = @origin::text where merchant_id = @merchant and sku_key = @key",
                ("code", code), ("origin", origin), ("key", Text.Key(sku)));
            await EventLog.Append(work, actor, clock.GetUtcNow(), new Happening("product", stored.Value.Sku, "ProductCustomsChanged", new { stored.Value.Sku, hsCode = code, originCountry = origin }));
            return await Find(work, sku);
        });
    }

    private static async Task<Result<Response>> Find(Work work, string sku)
    {
        if (!Text.IsStorable(sku)) return CatalogErrors.NoSuchProduct(sku);
        var found = await work.Query("select sku, hs_code, origin_country from products where merchant_id = @merchant and sku_key = @key",
            row => new Response("customs", row.Text(), row.TextOrNull(), row.TextOrNull()), ("key", Text.Key(sku)));
        return found is [var only] ? only : CatalogErrors.NoSuchProduct(sku);
    }
}
