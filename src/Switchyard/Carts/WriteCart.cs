using System.Text.Json;
using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Carts;

/// <summary>Makes a cart, shows it and changes it, from any device that has its token. It holds no stock by itself and nothing of a person.</summary>
public static class WriteCart
{
    public const int MostLines = 200, MostDays = 90, UsualDays = 30;

    public sealed record Line(string? Sku, long? Quantity);

    /// <param name="Method">The delivery method.</param>
    /// <param name="CollectAt">The node at which the customer wants to collect it.</param>
    /// <param name="Reservation">The id of a reservation that holds its stock.</param>
    /// <param name="Days">How long it is kept after this change, 1 to 90; 30 when left out.</param>
    public sealed record Request(string? Channel, string? Currency, IReadOnlyList<Line?>? Lines, string? Method = null, string? CollectAt = null, string? Reservation = null, int? Days = null);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/carts", async (Request body, Db db, CatalogReader catalog, Replan replan, TimeProvider clock, Actor actor, HttpContext http) =>
                Answer(await Handle(null, body, null, db, catalog, replan, clock, actor), http, 201))
            .Requires(Permission.OrdersWrite).WithName("carts.create").WithTags("Carts").WithSummary("Make a cart that several devices share")
            .WithDescription("The token is told once, here. Whoever has it, and a key of this merchant, reads and changes the cart.").Produces<CartView>(201).ProducesProblem(400);
        routes.MapGet("/carts/{token}", async (string token, Db db, TimeProvider clock, Actor actor, HttpContext http) =>
                Answer(await db.Read<Result<CartView>>(actor, async work => await StoredCart.Find(work, token, clock.GetUtcNow()) is { } cart ? cart.View() : CartErrors.NotFound), http, 200))
            .Requires(Permission.OrdersRead).WithName("carts.read").WithTags("Carts").WithSummary("Read a cart").Produces<CartView>().ProducesProblem(404);
        routes.MapPut("/carts/{token}", async (string token, Request body, Db db, CatalogReader catalog, Replan replan, TimeProvider clock, Actor actor, HttpContext http) =>
            {
                var expected = ETag.Expected(http);
                return expected.Error is { } malformed ? malformed.ToHttp() : Answer(await Handle(token, body, expected.Value, db, catalog, replan, clock, actor), http, 200);
            })
            .Requires(Permission.OrdersWrite).WithName("carts.write").WithTags("Carts").WithSummary("Change a cart").Produces<CartView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(412);
    }

    internal static IResult Answer(Result<CartView> result, HttpContext http, int status)
    {
        if (result.IsOk) ETag.Set(http, result.Value.Version);
        return result.ToHttp(status);
    }

    /// <param name="token">Null: a new one.</param>
    /// <remarks>Errors: request.invalid with pointers, carts.not_found, carts.changed, carts.claimed.</remarks>
    private static async Task<Result<CartView>> Handle(string? token, Request body, long? expected, Db db, CatalogReader catalog, Replan replan, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        Check(body, checks);
        if (checks.AnyFault) return checks.ToError();
        var settings = await replan.Settings(actor);
        if (!settings.Channels.TryGetValue(Text.Key(body.Channel!), out var channel)) checks.Fault("/channel", "inventory.unknown_channel", $"There is no channel {body.Channel}.");
        var node = body.CollectAt is null ? null : settings.NodesByCode.GetValueOrDefault(Text.Key(body.CollectAt));
        if (body.CollectAt is not null && (node is not { IsForSale: true } || node.Kind == "supplier")) checks.Fault("/collectAt", "orders.no_such_store", $"Nothing is collected at {body.CollectAt}.");
        var items = await catalog.FindSkus(actor.Merchant, [.. body.Lines!.Select(l => Text.Key(l!.Sku!)).Distinct()]);
        var lines = new List<CartLine>();
        foreach (var (i, line) in body.Lines!.Index())
            if (items.TryGetValue(Text.Key(line!.Sku!), out var item)) lines.Add(new CartLine(item.Sku, line.Quantity!.Value));
            else checks.Fault($"/lines/{i}/sku", "orders.unknown_sku", $"There is no product {line.Sku}.");
        if (checks.AnyFault) return checks.ToError();

        var now = clock.GetUtcNow();
        string json = JsonSerializer.Serialize(new CartBody(lines, body.Method, node?.Code, body.Reservation), Json.Options);
        (string, object?)[] fields =
        [
            ("channel", channel!.Code), ("currency", body.Currency), ("body", json), ("reservation", body.Reservation),
            ("expires", now.AddDays(body.Days ?? UsualDays).ToUnixTimeMilliseconds()), ("now", now.ToUnixTimeMilliseconds()),
        ];
        string made = StoredCart.NewToken();
        var done = await db.Write<CartView>(actor, async work =>
        {
            if (token is null)
            {
                await work.Execute(
                    """
                    insert into shared_carts (id, merchant_id, token_hash, channel, currency, body, state, reservation, expires_at_ms, created_at_ms, updated_at_ms, made_by, made_channel)
                    values (@id, @merchant, @hash, @channel, @currency, @body, 'open', @reservation::text, @expires, @now, @now, @by, @channel)
                    """, [.. fields, ("id", Guid.CreateVersion7(now)), ("hash", StoredCart.Hash(made)), ("by", actor.Id)]);
                return (await StoredCart.Find(work, made, now))!.View();
            }
            var cart = await StoredCart.Find(work, token, now, isLocked: true);
            if (cart is null) return CartErrors.NotFound;
            if (cart.State == "claimed") return CartErrors.Claimed;
            if (expected is { } version && version != cart.Version) return CartErrors.Changed(cart.Version);
            await work.Execute(
                """
                update shared_carts set channel = @channel, currency = @currency, body = @body, reservation = @reservation::text, expires_at_ms = @expires, updated_at_ms = @now, version = version + 1
                 where merchant_id = @merchant and id = @id
                """, [.. fields, ("id", cart.Id)]);
            return (await StoredCart.Find(work, token, now))!.View();
        });
        // The token is not part of what is stored for a repeat of the request: a replay answers without it.
        return token is not null || done.Error is not null || done.IsReplay ? done : done.Value with { Token = made };
    }

    private static void Check(Request body, Checks checks)
    {
        checks.Text(body.Channel, "/channel", 64, required: true);
        checks.That(Currency.TryParse(body.Currency, out _), "/currency", "field.unknown_currency", "currency must be an ISO 4217 code such as GBP.");
        checks.Text(body.Method, "/method", 64);
        checks.Text(body.CollectAt, "/collectAt", 64);
        checks.That(body.Method is null || body.CollectAt is null || HoldRules.IsCollected(body.Method), "/method", "orders.not_collected", "Goods that are collected have the method collect or pickup.");
        checks.That(body.Reservation is null || ReservationId.TryParse(body.Reservation, null, out _), "/reservation", "field.malformed", "A reservation's id begins with rsv_.");
        if (body.Days is { } days) checks.Range(days, 1, MostDays, "/days");
        checks.That(body.Lines is { Count: <= MostLines }, "/lines", "field.out_of_range", $"Send at most {MostLines} lines.");
        foreach (var (i, line) in (body.Lines ?? []).Take(MostLines).Index())
        {
            if (line is null) { checks.Fault($"/lines/{i}", "field.required", "A line may not be null."); continue; }
            checks.Text(line.Sku, $"/lines/{i}/sku", 200, required: true);
            checks.Quantity(line.Quantity ?? 0, $"/lines/{i}/quantity");
        }
    }
}
