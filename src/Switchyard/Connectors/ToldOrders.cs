using System.Text.Json;
using Switchyard.Database;
using Switchyard.Http;

namespace Switchyard.Connectors;

/// <summary>What a channel tells of its orders, kept before anything is done with it.</summary>
internal static class ToldOrders
{
    /// <summary>
    /// Keeps tellings: of each order the newest one wins, whatever order they come in and however often; one that says nothing new wakes nobody.
    /// </summary>
    /// <returns>How many said something new.</returns>
    public static Task<int> Keep(Work work, Connection connection, IReadOnlyList<ChannelOrder> orders, DateTimeOffset now)
    {
        // Questions reach back a while, and nearly all that they bring is known to the letter: such a row is not even locked, and whoever takes orders in is not held up by whoever asks.
        // One order told twice on a page: the newest.
        var newest = orders.GroupBy(o => o.ExternalId).Select(g => g.Aggregate((a, b) => ChannelChange.IsNewer(a, b) ? b : a)).OrderBy(o => o.ExternalId, StringComparer.Ordinal).ToList();
        return work.Execute(
            """
            insert into channel_orders (connection_id, external_id, merchant_id, told, told_at_ms, told_revision, buyer, seen, state, due_at_ms, created_at_ms, changed_at_ms)
            select @connection, r.external_id, @merchant, r.told, r.told_at, r.revision, r.buyer, 1, 'waiting', @now, @now, @now from @rows r
             where not exists (select 1 from channel_orders k where k.connection_id = @connection and k.external_id = r.external_id and k.told = r.told)
                on conflict (connection_id, external_id) do update set told = excluded.told, told_at_ms = excluded.told_at_ms, told_revision = excluded.told_revision, buyer = coalesce(excluded.buyer, channel_orders.buyer), seen = channel_orders.seen + 1,
                   state = 'waiting', tries = 0, said = null, due_at_ms = excluded.due_at_ms, changed_at_ms = excluded.changed_at_ms
             where channel_orders.told is null or excluded.told_at_ms > channel_orders.told_at_ms
                or excluded.told_at_ms = channel_orders.told_at_ms and (excluded.told_revision > channel_orders.told_revision
                   or excluded.told_revision = channel_orders.told_revision and excluded.told <> channel_orders.told)
            """,
            Told(newest), ("connection", connection.Id.Value), ("now", now.ToUnixTimeMilliseconds()));
    }

    /// <summary>
    /// Keeps what messages said of whole orders. They come in any order, and a clock of whole seconds does not tell which of two is the later: what is newer by the channel's clock, or of an order that nobody
    /// knows, is taken at its word; what says something else of the same instant has the order asked for.
    /// </summary>
    /// <returns>How many said something new.</returns>
    public static async Task<int> Hear(Work work, Connection connection, IReadOnlyList<ChannelOrder> orders, DateTimeOffset now)
    {
        int heard = 0;
        // Of one order told several times in one message, each as it comes.
        foreach (var some in orders.GroupBy(o => o.ExternalId).SelectMany(g => g.Select((o, nth) => (Order: o, Nth: nth))).GroupBy(o => o.Nth).OrderBy(g => g.Key))
        {
            var rows = some.Select(o => o.Order).OrderBy(o => o.ExternalId, StringComparer.Ordinal).ToList();
            var batch = work.Batch();
            var kept = batch.Execute(
                """
                insert into channel_orders (connection_id, external_id, merchant_id, told, told_at_ms, told_revision, buyer, seen, state, due_at_ms, created_at_ms, changed_at_ms)
                select @connection, r.external_id, @merchant, r.told, r.told_at, r.revision, r.buyer, 1, 'waiting', @now, @now, @now from @rows r where true
                    on conflict (connection_id, external_id) do update set told = excluded.told, told_at_ms = excluded.told_at_ms, told_revision = excluded.told_revision, buyer = coalesce(excluded.buyer, channel_orders.buyer), seen = channel_orders.seen + 1,
                       state = 'waiting', tries = 0, said = null, due_at_ms = excluded.due_at_ms, changed_at_ms = excluded.changed_at_ms
                 where channel_orders.told is null or excluded.told_at_ms > channel_orders.told_at_ms
                    or excluded.told_at_ms = channel_orders.told_at_ms and excluded.told_revision > channel_orders.told_revision
                """, Told(rows), ("connection", connection.Id.Value), ("now", now.ToUnixTimeMilliseconds()));
            var wished = batch.Execute(
                """
                update channel_orders set is_to_fetch = true, seen = seen + 1, state = 'waiting', tries = 0, due_at_ms = @now, changed_at_ms = @now from @rows r
                 where merchant_id = @merchant and connection_id = @connection and channel_orders.external_id = r.external_id and channel_orders.told_at_ms = r.told_at and channel_orders.told_revision = r.revision
                   and channel_orders.told <> r.told
                """, Told(rows), ("connection", connection.Id.Value), ("now", now.ToUnixTimeMilliseconds()));
            await batch.Run();
            heard += kept.Rows + wished.Rows;
        }
        return heard;
    }

    /// <summary>Something happened to an order: it is asked for.</summary>
    public static Task<int> Wish(Work work, Connection connection, IReadOnlyCollection<string> externalIds, DateTimeOffset now) => work.Execute(
        """
        insert into channel_orders (connection_id, external_id, merchant_id, is_to_fetch, state, due_at_ms, created_at_ms, changed_at_ms)
        select @connection, r.external_id, @merchant, true, 'waiting', @now, @now, @now from @rows r where true
            on conflict (connection_id, external_id) do update set is_to_fetch = true, seen = channel_orders.seen + 1, state = 'waiting', tries = 0, due_at_ms = excluded.due_at_ms, changed_at_ms = excluded.changed_at_ms
        """,
        Rows.Of(externalIds.Distinct().Order(StringComparer.Ordinal).ToList()).Text("external_id", id => id), ("connection", connection.Id.Value), ("now", now.ToUnixTimeMilliseconds()));

    /// <summary>Listings were matched: orders with goods that nobody knew are looked at again.</summary>
    public static Task<int> Relist(Work work, ConnectionId connection, DateTimeOffset now) => work.Execute(
        """
        update channel_orders set state = 'waiting', seen = seen + 1, tries = 0, due_at_ms = @now, changed_at_ms = @now
         where merchant_id = @merchant and connection_id = @id and state = 'taken'
           and order_id in (select h.order_id from holds h where h.merchant_id = @merchant and h.kind = 'unknown_sku' and h.state = 'open')
        """, ("id", connection.Value), ("now", now.ToUnixTimeMilliseconds()));

    private static Rows<ChannelOrder> Told(IReadOnlyList<ChannelOrder> orders) => Rows.Of(orders).Text("external_id", o => o.ExternalId).Text("told", Text).Long("told_at", o => o.UpdatedAt.ToUnixTimeMilliseconds())
        .Long("revision", o => o.Revision ?? 0).Text("buyer", o => o.Buyer?.Reference is { Length: > 0 and <= 200 } buyer && Kernel.Text.IsStorable(buyer) ? buyer : null);

    public static string Text(ChannelOrder order) => JsonSerializer.Serialize(order, Json.Options);

    /// <summary>Null too where it cannot be read.</summary>
    public static ChannelOrder? ReadOrNull(string? json)
    {
        try { return Read(json); }
        catch (JsonException) { return null; }
    }

    public static ChannelOrder? Read(string? json) => json is null ? null : JsonSerializer.Deserialize<ChannelOrder>(json, Json.Options);
}
