using System.Text.Json;
using Switchyard.Access;
using Switchyard.Channels;
using Switchyard.Database;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Sourcing;
using CatalogVersion = Switchyard.Catalog.CatalogVersion;

namespace Switchyard.Connectors;

/// <summary>A listing that is looked at, as far as its quantity goes.</summary>
/// <param name="Expects">What it was told and had sold unknown to us; orders beyond <paramref name="CountedFrom"/> are still in it. Null: it was never told.</param>
internal sealed record DirtyListing(string Id, string? Item, string? Sku, long Product, ListingRule Rule, long? Expects, long CountedFrom, bool IsUnproved, long Doubt, long? DoubtedAtMs, long Dirt, long DirtySinceMs,
    long? TimedSinceMs, bool IsCompared, int Tries, long? Shows, long? PushedAtMs)
{
    public ListingKey Key => new(Id, Item, Sku);
}

/// <summary>What may be promised to a channel of what its listings are, and what its orders have taken of them, at one moment.</summary>
/// <param name="Position">Entries of the ledger up to here are final.</param>
/// <param name="Free">Units that may be promised, by product.</param>
/// <param name="Taken">Pieces of orders since each listing was reckoned last.</param>
/// <param name="Beyond">Of these, what the next reckoning counts again, since it stands behind the position.</param>
internal sealed record StockMoment(long Position, IReadOnlyDictionary<long, long> Free, IReadOnlyDictionary<string, long> Taken, IReadOnlyDictionary<string, long> Beyond);

/// <summary>Reads it: two round trips for as many listings as are pushed together, all of one instant.</summary>
internal sealed class StockAsk(Db db, NetworkReader network, TimeProvider clock)
{
    private const int MostTries = 5;

    // In the metadata of lines, as ChannelRequest writes them.
    private const string ListingName = "channelListing", UnitsName = "channelUnitsEach";

    // Between placing an order and its entries in the ledger; units that are found for it later were never in what the channel shows.
    private const long PlacingMs = 60_000;

    // Entries that can be written in that time, and more: an order whose first units were counted before is not counted again when it is served from somewhere else.
    private const long PlacingEntries = 20_000;

    private sealed record Part(long Product, long Sku, long Units);
    private sealed record Sold(string Listing, long Entry, string? Metadata, long? Product, long Units);
    private sealed record Unheard(Guid Order, string Body, int Line, long Product, long Cancelled);
    private sealed record Found(long Version, long Position, List<Part> Parts, Func<long, IReadOnlySet<long>, SkuSupply> Supply, List<Sold> Sold, HashSet<long> Unsold, List<Unheard> Unheard);

    public async Task<StockMoment> Read(Connection connection, IReadOnlyList<DirtyListing> listings)
    {
        var house = HouseWork.Of(connection.Merchant);
        for (int attempt = 1; ; attempt++)
        {
            var settings = await network.Settings(connection.Merchant);
            var now = clock.GetUtcNow();
            var found = await db.Read(house, work => Ask(work, connection, settings, listings, now), snapshot: true);
            if (found.Version == settings.Version || attempt >= MostTries) return Moment(connection, settings, listings, found, now.ToUnixTimeMilliseconds());
            await network.Refresh(connection.Merchant);
        }
    }

    private static async Task<Found> Ask(Work work, Connection connection, MerchantSettings settings, IReadOnlyList<DirtyListing> listings, DateTimeOffset now)
    {
        var first = work.Batch();
        long[] products = [.. listings.Select(l => l.Product).Distinct()];
        var versions = CatalogVersion.Read(first);
        var position = first.Query("select position from channel_marks where name = 'stock'", row => row.Long());
        var parts = first.Query("select bundle_id, component_id, quantity from bundle_components where merchant_id = @merchant and bundle_id = any(@products) order by bundle_id, component_id",
            row => new Part(row.Long(), row.Long(), row.Long()), ("products", products));
        var unsold = first.Query("select id from products where merchant_id = @merchant and id = any(@products) and (kind = 'charge' or sale_stopped_ms is not null)", row => row.Long(), ("products", products));
        await first.Run();

        var partsOf = parts.ToLookup(p => p.Product);
        var second = work.Batch();
        long[] skus = [.. products.SelectMany(p => partsOf.Contains(p) ? partsOf[p].Select(x => x.Sku) : [p]).Distinct()];
        var supply = SupplyReader.Queue(second, skus, now, SaleView.Queue(second, settings, new SoldTo(connection.ChannelId, []), skus, now));
        // Of orders of this channel that took something of these SKUs for the first time, their lines: which listing each is of stands on it.
        // Of one that was never told, only what the next reckoning counts again.
        var asked = listings.SelectMany(l => (partsOf.Contains(l.Product) ? partsOf[l.Product].Select(x => x.Sku) : [l.Product])
            .Select(sku => (l.Id, Sku: sku, CountedFrom: l.Expects is null ? position.FirstOrDefault() : l.CountedFrom))).ToList();
        // Places first, so that both ranges of entries are ranges of the ledger's index; nothing is counted before the first mark.
        List<Sold> sold = asked.Count == 0 || position.Count == 0 ? [] : second.Query(
            """
            with places as materialized (
                select r.listing_id as listing_id, r.counted_from as counted_from, s.sku_id as sku_id, s.node_id as node_id from @rows r join stock s on s.sku_id = r.sku_id and s.merchant_id = @merchant
            ), sold as materialized (
                select p.listing_id as listing_id, e.order_id as order_id, min(e.id) as entry from places p
                  join stock_ledger e on e.sku_id = p.sku_id and e.node_id = p.node_id and e.id > p.counted_from and e.allocated_delta > 0
                  join orders o on o.id = e.order_id and o.channel_id = @channel and o.placed_at_ms >= e.recorded_at_ms - @placing
                 group by p.listing_id, e.order_id
            ), earlier as materialized (
                select p.listing_id as listing_id, f.order_id as order_id from places p
                  join stock_ledger f on f.sku_id = p.sku_id and f.node_id = p.node_id and f.id <= p.counted_from and f.id > p.counted_from - @reach and f.allocated_delta > 0
                 where p.listing_id in (select listing_id from sold)
            )
            select x.listing_id, x.entry, i.metadata, i.sku_id, i.quantity from sold x join order_lines i on i.order_id = x.order_id and i.kind in ('goods', 'bundle')
             where not exists (select 1 from earlier n where n.listing_id = x.listing_id and n.order_id = x.order_id)
            """,
            Rows.Of(asked).Text("listing_id", a => a.Id).Long("sku_id", a => a.Sku).Long("counted_from", a => a.CountedFrom), row => new Sold(row.Text(), row.Long(), row.TextOrNull(), row.LongOrNull(), row.Long()),
            ("channel", connection.ChannelId), ("placing", PlacingMs), ("reach", PlacingEntries));
        var unheard = second.Query(
            """
            select t.order_id, t.body, i.line_no, i.sku_id, i.cancelled from channel_tasks t join order_lines i on i.order_id = t.order_id
             where t.merchant_id = @merchant and t.connection_id = @connection and t.kind = 'cancelled' and t.state = 'waiting' and i.cancelled > 0 and i.parent_line_no is null and i.sku_id = any(@products)
            """, row => new Unheard(row.Uuid(), row.Text(), row.Int(), row.Long(), row.Long()), ("connection", connection.Id.Value), ("products", products));
        await second.Run();
        return new Found(versions.Single(), position.FirstOrDefault(), parts, supply, sold, [.. unsold], unheard);
    }

    private static StockMoment Moment(Connection connection, MerchantSettings settings, IReadOnlyList<DirtyListing> listings, Found found, long nowMs)
    {
        var channel = settings.Channels.GetValueOrDefault(Text.Key(connection.Channel));
        long buffer = (channel?.Buffer ?? 0) + connection.Buffer;
        var serving = settings.Nodes.Where(n => n.IsForSale && channel?.ExcludedNodeKinds.Contains(n.Kind) != true).Select(n => n.Id).ToHashSet();
        var partsOf = found.Parts.ToLookup(p => p.Product);
        // What the channel does not know to be cancelled it still counts as sold, and puts back on sale itself once it hears of it.
        // Two cancels of a line keep off no more together than what is cancelled of it.
        var unheard = found.Unheard.GroupBy(u => (u.Order, u.Line)).Select(line => (line.First().Product, Units: Math.Min(line.Sum(Units), line.First().Cancelled)))
            .GroupBy(l => l.Product).ToDictionary(g => g.Key, g => g.Sum(l => l.Units));
        var free = listings.Select(l => l.Product).Distinct().ToDictionary(p => p, p => found.Unsold.Contains(p) ? 0
            : (partsOf.Contains(p) ? Atp.OfBundle([.. partsOf[p].Select(x => new BundlePart(found.Supply(x.Sku, serving), x.Units))], buffer, nowMs) : Atp.InNetwork(found.Supply(p, serving), buffer, nowMs))
                - unheard.GetValueOrDefault(p));
        var byId = listings.ToDictionary(l => l.Id);
        var taken = found.Sold.ToLookup(s => s.Listing);
        return new StockMoment(found.Position, free, taken.ToDictionary(g => g.Key, g => g.Sum(s => Pieces(byId[g.Key], s))),
            taken.ToDictionary(g => g.Key, g => g.Where(s => s.Entry > found.Position).Sum(s => Pieces(byId[g.Key], s))));
    }

    // Of a whole order, all of the line that is cancelled.
    private static long Units(Unheard cancel) => QueueTasks.Read(cancel.Body).Units is { } units ? Math.Min(units.GetValueOrDefault(cancel.Line), cancel.Cancelled) : cancel.Cancelled;

    /// <summary>Pieces of a listing that a line of an order is; a line that names no listing is of the one with its product.</summary>
    private static long Pieces(DirtyListing listing, Sold line)
    {
        var said = line.Metadata is null ? null : JsonSerializer.Deserialize<Dictionary<string, string>>(line.Metadata);
        if (said?.GetValueOrDefault(ListingName) is { } named ? named != listing.Id : line.Product != listing.Product) return 0;
        long each = said?.GetValueOrDefault(UnitsName) is { } text && long.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out long units) && units > 0 ? units : 1;
        return line.Units / each;
    }
}
