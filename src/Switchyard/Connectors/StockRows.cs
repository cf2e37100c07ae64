using Switchyard.Database;

namespace Switchyard.Connectors;

/// <summary>What became of a listing that was looked at.</summary>
/// <param name="Kind">told, same (nothing was to be told), refused, gone, or later.</param>
/// <param name="DueMs">When it is looked at again; null: when something changes.</param>
/// <param name="IsFresh">What is in doubt now is not what was in doubt before.</param>
internal sealed record StockResult(DirtyListing Listing, string Kind, long? Shows, long? Expects, long CountedFrom, long Unseen, bool IsUnproved, string? Said = null, long? DueMs = null, bool IsFresh = false);

/// <summary>How listings that are looked at are claimed and settled, many in one statement.</summary>
internal static class StockRows
{
    private const string DirtyColumns =
        "listing_id, item_id, listed_sku, product_id, units_each, buffer, share_percent, most, is_stopped, expects, counted_from, is_unproved, doubt, doubted_at_ms, dirt, dirty_since_ms, timed_since_ms, is_compared, tries, shows, pushed_at_ms";

    /// <summary>Connections that have something to be told now. Nobody is told anything before its orders were asked for once.</summary>
    public static Task<List<(Guid Id, long Merchant)>> Due(Work work, long now) => work.Query(
        $"""
        select distinct l.connection_id, l.merchant_id from channel_listings l join connections k on k.id = l.connection_id
         where l.dirty_since_ms is not null and l.due_at_ms <= @now and l.lease_until_ms <= @now and {ListingRow.IsTold} and k.state = 'live' and k.watermark_ms is not null /* house */
        """, row => (row.Uuid(), row.Long()), ("now", now));

    public static async Task<List<DirtyListing>> Claim(Work work, Guid connection, int most, long now, long until) => [.. (await work.Query(
        $"""
        update channel_listings set lease_until_ms = @until where merchant_id = @merchant and connection_id = @connection and listing_id in (
            select listing_id from channel_listings where merchant_id = @merchant and connection_id = @connection and dirty_since_ms is not null and due_at_ms <= @now and lease_until_ms <= @now
               and {ListingRow.IsTold} order by dirty_since_ms, listing_id limit @most for update skip locked)
        returning {DirtyColumns}
        """,
        row => new DirtyListing(row.Text(), row.TextOrNull(), row.TextOrNull(), row.Long(), new ListingRule(row.Long(), row.Long(), row.Int(), row.LongOrNull(), row.Bool()), row.LongOrNull(), row.Long(), row.Bool(),
            row.Long(), row.LongOrNull(), row.Long(), row.Long(), row.LongOrNull(), row.Bool(), row.Int(), row.LongOrNull(), row.LongOrNull()),
        ("connection", connection), ("most", (long)most), ("now", now), ("until", until))).OrderBy(l => l.DirtySinceMs).ThenBy(l => l.Id, StringComparer.Ordinal)];

    /// <summary>
    /// Before it is told: should nobody hear whether it was, the higher of what it may show is expected, so that no sale is overlooked, and it is not believed until the channel was asked.
    /// </summary>
    /// <param name="position">From where its orders are counted, should this be the first that it is told.</param>
    public static Task<int> Intend(Work work, Guid connection, IReadOnlyList<(string Listing, long Expects)> wishes, long position) => work.Execute(
        """
        update channel_listings set is_unproved = true, counted_from = case when channel_listings.expects is null then @position else counted_from end, expects = case when coalesce(channel_listings.expects, 0) > r.expects then channel_listings.expects else r.expects end from @rows r
         where merchant_id = @merchant and connection_id = @connection and channel_listings.listing_id = r.listing_id
        """, Rows.Of(wishes).Text("listing_id", w => w.Listing).Long("expects", w => w.Expects), ("connection", connection), ("position", position));

    /// <summary>What changed again while it was looked at stays to be done.</summary>
    /// <param name="since">When they were taken: what changed meanwhile did so after it.</param>
    public static Task<int> Settle(Work work, Guid connection, IReadOnlyList<StockResult> results, long now, long since) => work.Execute(
        """
        update channel_listings set lease_until_ms = 0, said = r.said, shows = coalesce(r.shows, channel_listings.shows), pushed = case when r.is_told then r.shows else pushed end, pushed_at_ms = case when r.is_told then @now else pushed_at_ms end,
               expects = coalesce(r.expects, channel_listings.expects), counted_from = r.counted_from, is_unproved = r.is_unproved, doubt = r.unseen,
               doubted_at_ms = case when r.unseen = 0 then null when r.unseen > channel_listings.doubt or r.is_fresh then @now else coalesce(doubted_at_ms, @now) end, is_gone = channel_listings.is_gone or r.is_gone,
               tries = case when r.is_failed then tries + 1 else 0 end, due_at_ms = case when r.is_failed or channel_listings.dirt = r.dirt then coalesce(r.due_at_ms, 0) else 0 end,
               dirty_since_ms = case when r.is_failed then dirty_since_ms when channel_listings.dirt = r.dirt and r.due_at_ms is null then null else @since end,
               timed_since_ms = case when r.is_failed or timed_since_ms is null then timed_since_ms when channel_listings.dirt = r.dirt then null else @since end, is_compared = is_compared and (r.is_failed or channel_listings.dirt <> r.dirt)
          from @rows r where merchant_id = @merchant and connection_id = @connection and channel_listings.listing_id = r.listing_id
        """,
        Rows.Of(results).Text("listing_id", r => r.Listing.Id).Text("said", r => r.Said).LongOrNull("shows", r => r.Shows).LongOrNull("expects", r => r.Expects).Long("counted_from", r => r.CountedFrom)
            .Bool("is_unproved", r => r.IsUnproved).Long("unseen", r => r.Unseen).Bool("is_told", r => r.Kind == "told").Bool("is_gone", r => r.Kind == "gone").Bool("is_failed", r => r.Kind is "refused").Bool("is_fresh", r => r.IsFresh)
            .Long("dirt", r => r.Listing.Dirt).LongOrNull("due_at_ms", r => r.DueMs),
        ("connection", connection), ("now", now), ("since", since));

    /// <summary>Nothing was done: what is known of them stays as it was.</summary>
    /// <param name="counts">It is a try in vain.</param>
    /// <param name="restores">What was intended was surely not done.</param>
    public static Task<int> Later(Work work, Guid connection, IReadOnlyList<DirtyListing> listings, string said, long dueMs, bool counts, bool restores) => work.Execute(
        """
        update channel_listings set lease_until_ms = 0, said = @said, due_at_ms = @due, tries = tries + @counts, expects = case when @restores then r.expects else channel_listings.expects end from @rows r
         where merchant_id = @merchant and connection_id = @connection and channel_listings.listing_id = r.listing_id
        """, Rows.Of(listings).Text("listing_id", l => l.Id).LongOrNull("expects", l => l.Expects), ("connection", connection), ("said", said), ("due", dueMs), ("counts", counts ? 1 : 0), ("restores", restores));

    /// <summary>When the last round of questions began that came to its end, and is anything it told still to be taken in?</summary>
    public static async Task<(long? KnownAtMs, bool IsWaiting)> Known(Work work, Guid connection) => (await work.Query(
        """
        select k.known_at_ms, exists (select 1 from channel_orders o where o.connection_id = k.id and o.state = 'waiting') from connections k where k.merchant_id = @merchant and k.id = @connection
        """, row => (row.LongOrNull(), row.Bool()), ("connection", connection))).FirstOrDefault();

    /// <summary>Its orders are asked for, at the latest then.</summary>
    public static Task<int> AskBy(Work work, Guid connection, long atMs) => work.Execute(
        "update connections set ask_at_ms = @at where merchant_id = @merchant and id = @connection and ask_at_ms > @at", ("connection", connection), ("at", atMs));

    /// <summary>Orders that the channel told and that are not with us yet: they wait, or are parked.</summary>
    public static Task<List<string>> Untaken(Work work, Guid connection) => work.Query(
        "select told from channel_orders where merchant_id = @merchant and connection_id = @connection and state in ('waiting', 'parked') and order_id is null and told is not null order by external_id limit 2000",
        row => row.Text(), ("connection", connection));
}
