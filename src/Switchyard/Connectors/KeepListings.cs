using Switchyard.Access;
using Switchyard.Adapters;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Connectors;

/// <summary>
/// Reads all that channels offer: at the start, each night, and when a message says that something of it has changed. Page by page, from where it stopped; what no page named any more is gone.
/// What is new is matched, and afterwards everything is compared with what it should show.
/// </summary>
internal sealed class KeepListings(Db db, ConnectorDesk desk, ConnectorPatience patience, TimeProvider clock, ILogger<KeepListings> log) : BackgroundService
{
    private const int MostPages = 2_000;
    private static readonly TimeSpan AfterChange = TimeSpan.FromMinutes(15);
    private DateTimeOffset _forgotten = DateTimeOffset.MinValue;

    private readonly OnePerConnection _read = new(log, "Listings of a channel could not be read");

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Rounds.Every(patience.Poll, clock, () => Turn(stoppingToken), log, "Listings of channels were not read", stoppingToken);
        await _read.Idle();
    }

    /// <summary>Reads those of all connections that are due.</summary>
    internal async Task Turn(CancellationToken stop)
    {
        var due = await db.ReadAll(work => work.Query("select id, merchant_id from connections where state = 'live' and listings_due_ms <= @now and listings_lease_ms <= @now order by listings_due_ms limit 8 /* house */",
            row => (Id: row.Uuid(), Merchant: row.Long()), ("now", Now)));
        foreach (var (id, merchant) in due) _read.Start(id, () => Read(id, merchant, stop), stop);
        if (clock.GetUtcNow() - _forgotten < TimeSpan.FromHours(1)) return;
        _forgotten = clock.GetUtcNow();
        await db.WriteAll(work => StockLags.Forget(work, _forgotten));
    }

    /// <summary>
    /// Something of a listing has changed. A shop tells of each sale and of each quantity that it is told itself: all is read again after a while. One that is new is read at once, but where all was read a short
    /// while ago and it was not among it: it may be one that is not for sale, and a shop may have thousands of these.
    /// </summary>
    internal static async Task Wish(Work work, Guid connection, string[] things, DateTimeOffset now)
    {
        if (things.Length == 0) return;
        var known = (await work.Query("select listing_id, item_id from channel_listings where merchant_id = @merchant and connection_id = @connection and (listing_id = any(@things) or item_id = any(@things))",
            row => (Listing: row.Text(), Item: row.TextOrNull()), ("connection", connection), ("things", things))).SelectMany(l => (string?[])[l.Listing, l.Item]).ToHashSet();
        long? readAt = things.All(known.Contains) ? now.ToUnixTimeMilliseconds()
            : (await work.Query("select listings_at_ms from connections where merchant_id = @merchant and id = @connection", row => row.LongOrNull(), ("connection", connection))).FirstOrDefault();
        long due = Math.Max(now.ToUnixTimeMilliseconds(), readAt + (long)AfterChange.TotalMilliseconds ?? 0);
        await work.Execute("update connections set listings_due_ms = @due where merchant_id = @merchant and id = @connection and listings_due_ms > @due", ("connection", connection), ("due", due));
    }

    private async Task Read(Guid id, long merchant, CancellationToken stop)
    {
        var house = HouseWork.Of(merchant);
        var claimed = await db.Do(house, work => work.Query(
            """
            update connections set listings_lease_ms = @until, listings_run_ms = case when listings_cursor is null then @now else listings_run_ms end
             where merchant_id = @merchant and id = @id and state = 'live' and listings_due_ms <= @now and listings_lease_ms <= @now returning listings_cursor, listings_run_ms
            """, row => (Cursor: row.TextOrNull(), Run: row.Long()), ("id", id), ("now", Now), ("until", Now + (long)patience.Lease.TotalMilliseconds)));
        if (claimed is [var (cursor, run)] && await db.Read(house, work => Connection.Find(work, id)) is { } connection) await Pages(house, connection, cursor, run, stop);
    }

    private async Task Pages(Actor house, Connection connection, string? cursor, long run, CancellationToken stop)
    {
        var channel = desk.Of(connection);
        for (int page = 0; page < MostPages; page++)
        {
            var said = channel.Manifest.Can.Contains("listings") ? await channel.Listings(desk.Call(connection, stop, mayWait: true), cursor) : new ChannelPage<ChannelListing>([], null);
            if (said.Fault is { } fault) { await Failed(house, connection, fault); return; }
            string? next = said.Value.Next;
            var listings = said.Value.Items.DistinctBy(l => l.Key.Listing).Where(l => Text.IsStorable(l.Key.Listing)).ToList();
            await db.Do(house, async work =>
            {
                var now = clock.GetUtcNow();
                await Keep(work, connection, listings, now);
                await MatchListings.OfConnection(work, connection.Id.Value, [.. listings.Select(l => l.Key.Listing)], now);
                if (next is null) await End(work, connection, run, now);
                else
                    await work.Execute("update connections set listings_cursor = @cursor, listings_lease_ms = @until, listings_said = null where merchant_id = @merchant and id = @id",
                        ("cursor", next), ("until", Now + (long)patience.Lease.TotalMilliseconds), ("id", connection.Id.Value));
            });
            if ((cursor = next) is null) return;
        }
    }

    // What a message wished for meanwhile is still to be done.
    private async Task End(Work work, Connection connection, long run, DateTimeOffset now)
    {
        await work.Execute("update channel_listings set is_gone = true, dirty_since_ms = null, changed_at_ms = @now where merchant_id = @merchant and connection_id = @id and seen_at_ms < @run and not is_gone",
            ("id", connection.Id.Value), ("run", run), ("now", now.ToUnixTimeMilliseconds()));
        // A nightly look, and any other, ends with a comparison of all.
        await LookAgain.OfConnection(work, connection.Id.Value, now);
        await work.Execute(
            """
            update connections set listings_cursor = null, listings_lease_ms = 0, listings_said = null, listings_at_ms = @now,
                   listings_due_ms = case when listings_due_ms >= @run then listings_due_ms else @next end
             where merchant_id = @merchant and id = @id
            """, ("id", connection.Id.Value), ("run", run), ("now", now.ToUnixTimeMilliseconds()), ("next", (now + patience.CompareEvery).ToUnixTimeMilliseconds()));
    }

    /// <summary>Another SKU than before is matched anew, unless a person matched it.</summary>
    internal static Task<int> Keep(Work work, Connection connection, IReadOnlyList<ChannelListing> listings, DateTimeOffset now) => work.Execute(
        """
        insert into channel_listings (connection_id, listing_id, merchant_id, item_id, listed_sku, listed_key, title, barcode, barcode_key, matched, is_counted, is_theirs, is_live, shows, seen_at_ms, changed_at_ms)
        select @connection, r.listing_id, @merchant, r.item_id, r.listed_sku, r.listed_key, r.title, r.barcode, r.barcode_key, 'none', r.is_counted, r.is_theirs, r.is_live, r.shows, @now, @now from @rows r where true
            on conflict (connection_id, listing_id) do update set item_id = excluded.item_id, listed_sku = excluded.listed_sku, listed_key = excluded.listed_key, title = excluded.title, barcode = excluded.barcode,
               barcode_key = excluded.barcode_key, is_counted = excluded.is_counted, is_theirs = excluded.is_theirs, is_live = excluded.is_live, shows = excluded.shows, is_gone = false, seen_at_ms = excluded.seen_at_ms,
               expects = case when channel_listings.is_gone then null else channel_listings.expects end,
               matched = case when channel_listings.matched = 'sku' and coalesce(excluded.listed_key, '') <> coalesce(channel_listings.listed_key, '')
                    or channel_listings.matched = 'barcode' and coalesce(excluded.barcode_key, '') <> coalesce(channel_listings.barcode_key, '') then 'none' else channel_listings.matched end,
               product_id = case when channel_listings.matched = 'sku' and coalesce(excluded.listed_key, '') <> coalesce(channel_listings.listed_key, '')
                    or channel_listings.matched = 'barcode' and coalesce(excluded.barcode_key, '') <> coalesce(channel_listings.barcode_key, '') then null else channel_listings.product_id end
        """,
        Rows.Of(listings.OrderBy(l => l.Key.Listing, StringComparer.Ordinal).ToList()).Text("listing_id", l => l.Key.Listing).Text("item_id", l => l.Key.Item).Text("listed_sku", l => Text.Cut(l.Key.Sku, 200)).Text("listed_key", l => MatchListings.SkuKey(l.Key.Sku))
            .Text("title", l => Text.Cut(l.Title, 500) ?? "").Text("barcode", l => Text.Cut(l.Barcode, 100)).Text("barcode_key", l => MatchListings.BarcodeKey(l.Barcode)).Bool("is_counted", l => l.IsCounted)
            .Bool("is_theirs", l => l.IsTheirs).Bool("is_live", l => l.IsLive).LongOrNull("shows", l => l.Quantity),
        ("connection", connection.Id.Value), ("now", now.ToUnixTimeMilliseconds()));

    private Task Failed(Actor house, Connection connection, AdapterFault fault) => db.Do(house, async work =>
    {
        var wait = fault.PassesBy ? patience.Waits[Math.Min(1, patience.Waits.Count - 1)] : patience.Waits[^1];
        if (fault.RetryAfter is { } asked && asked > wait) wait = asked;
        // A cursor that the channel does not take any more is no reason to stay where it is.
        await work.Execute(
            """
            update connections set listings_said = @said, listings_lease_ms = @until, listings_cursor = case when @anew then null else listings_cursor end where merchant_id = @merchant and id = @id
            """, ("id", connection.Id.Value), ("said", Text.Cut(fault.Words, 500)), ("until", Now + (long)wait.TotalMilliseconds), ("anew", fault.Kind == FaultKind.Refused));
    });
}
