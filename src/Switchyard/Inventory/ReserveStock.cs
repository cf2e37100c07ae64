using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Channels;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;
using Switchyard.Sourcing;

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

    private const int MostTries = 5;

    /// <summary>Never shown: the catalog changed between reading it and the transaction, and the request is worked out anew.</summary>
    private static readonly Error Stale = Error.Conflict("inventory.catalog_changed", "The catalog is changing. Try again.");

    private sealed record Setting(MerchantSettings Network, IReadOnlyDictionary<string, CatalogItem> Catalog);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/inventory/reservations", async (Request body, Db db, NetworkReader network, CatalogReader catalog, TimeProvider clock, Actor actor) =>
                (await Handle(body, db, network, catalog, clock, actor)).ToHttp(StatusCodes.Status201Created, r => "/api/v1/inventory/reservations/" + r.Id))
            .Requires(Permission.InventoryWrite).WithName("inventory.reserve").WithSummary("Reserve stock for a cart or checkout").WithTags("Inventory").Produces<ReservationView>(201)
            .ProducesProblem(400).ProducesProblem(409);

    public static async Task<Result<ReservationView>> Handle(
        Request body, Db db, NetworkReader network, CatalogReader catalog, TimeProvider clock, Actor actor)
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
        if (checks.AnyFault) return checks.ToError();
        for (int attempt = 1; ; attempt++)
        {
            string[] keys = [.. body.Items!.Select(i => Text.Key(i!.Sku!)).Distinct()];
            var setting = new Setting(await network.Settings(actor.Merchant), await catalog.FindSkus(actor.Merchant, keys));
            var result = await db.Write<ReservationView>(actor, work => Reserve(work, body, setting, clock.GetUtcNow(), actor));
            if (!ReferenceEquals(result.Error, Stale) || attempt == MostTries) return result;
            await network.Refresh(actor.Merchant);
        }
    }

    private static async Task<Result<ReservationView>> Reserve(Work work, Request body, Setting setting, DateTimeOffset now, Actor actor)
    {
        if (await work.Scalar("select version from catalog_versions where merchant_id = @merchant") != setting.Network.Version) return Stale;
        var checks = new Checks();
        var items = body.Items!;
        var channel = body.Channel is null ? null : setting.Network.Channels.GetValueOrDefault(Text.Key(body.Channel));
        if (body.Channel is not null && channel is null) checks.Fault("/channel", "inventory.unknown_channel", $"There is no channel {body.Channel}.");
        var wanted = UnitsOf(items, setting, actor, checks);
        if (checks.AnyFault) return checks.ToError();
        var eligible = Eligible(setting.Network, channel, actor);
        var sheet = await StockSheet.Lock(work, wanted.Select(w => w.Sku), now);                                  // 1 load

        var available = wanted.Select(w => w.Sku).Distinct().SelectMany(sheet.Of).Where(r => eligible.Contains(r.Node))      // 2 decide
            .ToDictionary(r => (r.Sku, r.Node), r => sheet.Sellable(r, setting.Network));
        var (taken, lacking) = ReservationPlan.Make(wanted, available, sheet.Limit(setting.Network, new SoldTo(channel?.Id ?? 0, []), channel?.Buffer ?? 0));
        foreach (var (item, units) in lacking)
            checks.Fault($"/items/{item}/quantity", StockErrors.NotEnough, $"{items[item]!.Sku}: {units} units too few to reserve {items[item]!.Quantity}.");
        if (checks.AnyFault) return StockErrors.Short(checks.ToError().Fields);

        var id = await Keep(work, actor, sheet, taken, body.Owner!, channel?.Id, now.AddSeconds(body.TtlSeconds!.Value), now);          // 3 write
        await sheet.Write(work);
        return (await ReservationsSql.Find(work, actor, id))!.View(now);
    }

    /// <summary>Reserves these units on a sheet under lock, which the caller writes.</summary>
    internal static async Task<ReservationId> Keep(Work work, Actor actor, StockSheet sheet, IReadOnlyList<Taken> taken, string owner, long? channel, DateTimeOffset expires, DateTimeOffset now)
    {
        var id = ReservationId.New(now);
        foreach (var part in taken)
            sheet.Move(part.Sku, part.Node, new Buckets { Reserved = part.Quantity }, new Movement(MovementKind.Reserved, actor.Id, Reference: id.ToString()));
        await work.Execute(
            """
            insert into reservations (id, merchant_id, owner, channel_id, state, ttl_seconds, expires_at_ms, created_at_ms)
            values (@id, @merchant, @owner, @channel, 'active', @ttl, @expires, @now)
            """, ("id", id.Value), ("owner", owner), ("channel", channel), ("ttl", Math.Max(1, (long)(expires - now).TotalSeconds)),
            ("expires", expires.ToUnixTimeMilliseconds()), ("now", now.ToUnixTimeMilliseconds()));
        await work.Execute(
            """
            insert into reservation_items (reservation_id, merchant_id, sku_id, node_id, quantity, expires_at_ms)
            select @id, @merchant, sku_id, node_id, quantity, @expires from @rows r
            """, Rows.Of(taken).Long("sku_id", t => t.Sku).Long("node_id", t => t.Node).Long("quantity", t => t.Quantity),
            ("id", id.Value), ("expires", expires.ToUnixTimeMilliseconds()));
        var made = (await ReservationsSql.Find(work, actor with { Nodes = null }, id))!.View(now);
        await EventLog.Append(work, actor, now, new Happening("reservation", id.ToString(), "StockReserved", new { made.ExpiresAt, made.Items }));
        return id;
    }

    private static HashSet<long> Eligible(MerchantSettings network, ChannelSettings? channel, Actor actor) =>
        [.. network.Nodes.Where(n => n.IsForSale && actor.MaySeeNode(n.Id) && channel?.ExcludedNodeKinds.Contains(n.Kind) is not true).Select(n => n.Id)];

    // A bundle is reserved as its components: that is where stock is kept.
    private static List<WantedStock> UnitsOf(IReadOnlyList<Item?> items, Setting setting, Actor actor, Checks checks)
    {
        var wanted = new List<WantedStock>();
        for (int i = 0; i < items.Count; i++)
        {
            var item = items[i]!;
            long? node = null;
            if (item.Node is not null)
            {
                node = setting.Network.NodesByCode.TryGetValue(Text.Key(item.Node), out var named) && actor.MaySeeNode(named.Id) ? named.Id : null;
                if (node is null) checks.Fault($"/items/{i}/node", StockErrors.UnknownNode, $"There is no node {item.Node}.");
            }
            if (!setting.Catalog.TryGetValue(Text.Key(item.Sku!), out var product)) checks.Fault($"/items/{i}/sku", StockErrors.UnknownSku, $"There is no product {item.Sku}.");
            else if (product.Kind == ItemKind.Charge) checks.Fault($"/items/{i}/sku", StockErrors.NotStocked, $"{product.Sku} is a charge; there is no stock of it.");
            else if (product.Kind == ItemKind.Goods) wanted.Add(new WantedStock(i, product.Id, item.Quantity!.Value, node));
            else if (product.Components.Any(c => c.Quantity > Checks.MaxQuantity / item.Quantity!.Value))
                checks.Fault($"/items/{i}/quantity", "field.out_of_range", "The bundle's components would be too many.");
            else wanted.AddRange(product.Components.Select(c => new WantedStock(i, c.SkuId, c.Quantity * item.Quantity!.Value, node)));
        }
        return wanted;
    }
}
