using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Inventory;

/// <summary>Holds stock for a cart, checkout or draft for a while: every item or none.</summary>
public static class ReserveStock
{
    public const int MostItems = 500;
    public const long MostTtlSeconds = 30 * 24 * 3600;

    /// <param name="Node">The node to reserve at; any that may serve when not said.</param>
    public sealed record Item(string? Sku, long? Quantity, string? Node);

    /// <param name="Owner">What the reservation is for (a cart's id). It is shown to whoever asks who holds the stock.</param>
    public sealed record Request(string? Owner, string? Channel, long? TtlSeconds, IReadOnlyList<Item?>? Items);

    private sealed record Channel(long Id, long Buffer, IReadOnlyList<string> ExcludedKinds);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/inventory/reservations", async (Request body, Db db, TimeProvider clock, Actor actor) =>
                (await Handle(body, db, clock, actor)).ToHttp(StatusCodes.Status201Created, r => "/api/v1/inventory/reservations/" + r.Id))
            .Requires(Permission.InventoryWrite).WithName("inventory.reserve").WithTags("Inventory").Produces<ReservationView>(201)
            .ProducesProblem(400).ProducesProblem(409);

    public static async Task<Result<ReservationView>> Handle(Request body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Text(body.Owner, "/owner", 200, required: true);
        checks.Text(body.Channel, "/channel", 64);
        if (body.TtlSeconds is { } ttl) checks.Range(ttl, 1, MostTtlSeconds, "/ttlSeconds");
        else checks.Fault("/ttlSeconds", "field.required", "ttlSeconds is required.");
        checks.Each(body.Items, MostItems, (item, at) =>
        {
            checks.Text(item.Sku, at + "/sku", 200, required: true);
            checks.Text(item.Node, at + "/node", 64);
            checks.Units(item.Quantity, at + "/quantity", 1);
        });
        return checks.AnyFault ? checks.ToError() : await db.Write<ReservationView>(actor, work => Reserve(work, body, clock.GetUtcNow(), actor));
    }

    private static async Task<Result<ReservationView>> Reserve(Work work, Request body, DateTimeOffset now, Actor actor)
    {
        var checks = new Checks();
        var items = body.Items!;
        var names = await StockNames.Load(work, actor, items.Select(i => i!.Sku), items.Select(i => i!.Node));   // 1 load
        var channel = await FindChannel(work, body.Channel, checks);
        var wanted = await Want(work, items, names, checks);
        if (checks.AnyFault) return checks.ToError();
        var eligible = (await StockNames.AllNodes(work, actor)).Where(n => n.IsActive && channel?.ExcludedKinds.Contains(n.Kind) is not true).Select(n => n.Id).ToHashSet();
        var sheet = await StockSheet.Lock(work, wanted.Select(w => w.Sku), now);

        var available = wanted.Select(w => w.Sku).Distinct().SelectMany(sheet.Of).Where(r => eligible.Contains(r.Node))      // 2 decide
            .ToDictionary(r => (r.Sku, r.Node), r => r.Balance.Available);
        var (taken, lacking) = ReservationPlan.Make(wanted, available, channel?.Buffer ?? 0);
        foreach (var (item, units) in lacking)
            checks.Fault($"/items/{item}/quantity", StockErrors.NotEnough, $"{items[item]!.Sku}: {units} units too few to reserve {items[item]!.Quantity}.");
        if (checks.AnyFault) return StockErrors.Short(checks.ToError().Fields);

        var id = ReservationId.New(now);                                                                          // 3 write
        foreach (var part in taken)
            sheet.Move(part.Sku, part.Node, new Buckets { Reserved = part.Quantity }, new Movement(MovementKind.Reserved, actor.Id, Reference: id.ToString()));
        var expires = now.AddSeconds(body.TtlSeconds!.Value);
        await sheet.Write(work);
        await work.Execute(
            """
            insert into reservations (id, merchant_id, owner, channel_id, state, ttl_seconds, expires_at_ms, created_at_ms)
            values (@id, @merchant, @owner, @channel, 'active', @ttl, @expires, @now)
            """, ("id", id.Value), ("owner", body.Owner), ("channel", channel?.Id), ("ttl", body.TtlSeconds.Value),
            ("expires", expires.ToUnixTimeMilliseconds()), ("now", now.ToUnixTimeMilliseconds()));
        await work.Execute(
            """
            insert into reservation_items (reservation_id, merchant_id, sku_id, node_id, quantity, expires_at_ms)
            select @id, @merchant, sku_id, node_id, quantity, @expires from @rows r
            """, Rows.Of(taken).Long("sku_id", t => t.Sku).Long("node_id", t => t.Node).Long("quantity", t => t.Quantity),
            ("id", id.Value), ("expires", expires.ToUnixTimeMilliseconds()));
        var made = (await ReservationsSql.Find(work, actor, id))!.View(now);
        await EventLog.Append(work, actor, now, new Happening("reservation", id.ToString(), "StockReserved", new { made.ExpiresAt, made.Items }));
        return made;
    }

    private static async Task<Channel?> FindChannel(Work work, string? code, Checks checks)
    {
        if (code is null) return null;
        var channel = await work.Find("select id, buffer, excluded_node_kinds from channels where merchant_id = @merchant and code = @code",
            row => new Channel(row.Long(), row.Long(), JsonSerializer.Deserialize<List<string>>(row.Text()) ?? []), ("code", code));
        if (channel is null) checks.Fault("/channel", "inventory.unknown_channel", $"There is no channel {code}.");
        return channel;
    }

    // A bundle is reserved as its components: that is where stock is kept.
    private static async Task<List<Wanted>> Want(Work work, IReadOnlyList<Item?> items, StockNames names, Checks checks)
    {
        var products = items.Select((item, i) => names.Product(item!.Sku) ?? Unknown(i, item.Sku!)).ToList();
        var nodes = items.Select((item, i) => item!.Node is null ? null : names.Node(item.Node, $"/items/{i}/node", checks)).ToList();
        if (checks.AnyFault) return [];
        var bundles = products.Where(p => p!.Kind == "bundle").Select(p => p!.Id).Distinct().ToArray();
        var parts = (bundles.Length == 0 ? [] : await work.Query(
            "select bundle_id, component_id, quantity from bundle_components where merchant_id = @merchant and bundle_id = any(@ids) order by component_id",
            row => (Bundle: row.Long(), Sku: row.Long(), Quantity: row.Long()), ("ids", bundles))).ToLookup(p => p.Bundle);
        return [.. items.SelectMany((item, i) => products[i]!.Kind == "bundle"
            ? parts[products[i]!.Id].Select(p => new Wanted(i, p.Sku, checked(p.Quantity * item!.Quantity!.Value), nodes[i]?.Id))
            : [new Wanted(i, products[i]!.Id, item!.Quantity!.Value, nodes[i]?.Id)])];

        StockedProduct? Unknown(int i, string sku)
        {
            checks.Fault($"/items/{i}/sku", StockErrors.UnknownSku, $"There is no product {sku}.");
            return null;
        }
    }
}
