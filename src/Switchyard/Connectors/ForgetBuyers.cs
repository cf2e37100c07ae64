using Switchyard.Access;
using Switchyard.Customers;
using Switchyard.Database;
using Switchyard.Documents;
using Switchyard.Fulfilment;
using Switchyard.Kernel;
using Switchyard.Messages;
using Switchyard.Orders;
using Switchyard.Shipping;

namespace Switchyard.Connectors;

/// <summary>
/// Keeps to the time for which a channel lets personal data of its buyers be kept: so many days after the last parcel left, names and addresses are gone from the order, from what the channel told of it, from
/// labels, slips and mails, and from the customer whom nothing else names. Stock and money stay. Safe to run twice and on many processes.
/// </summary>
internal sealed class ForgetBuyers(Db db, ConnectorDesk desk, TimeProvider clock, ILogger<ForgetBuyers> log) : BackgroundService
{
    private const long AtOnce = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);
    private static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>();

    private sealed record Over(string ExternalId, Guid? Order, string? Told, string? Taken, long Seen);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Rounds.Every(Pause, clock, Handle, log, "Buyers of channels were not forgotten", stoppingToken);

    /// <returns>Orders whose buyers were forgotten.</returns>
    public async Task<int> Handle()
    {
        int forgotten = 0;
        var all = await db.ReadAll(work => work.Query("select id, merchant_id from connections order by id /* house */", row => (Id: row.Uuid(), Merchant: row.Long())));
        foreach (var (id, merchant) in all)
        {
            var house = HouseWork.Of(merchant);
            if (await db.Read(house, work => Connection.Find(work, id)) is not { } connection) continue;
            // Without a limit only those of whom the channel asked it.
            var before = desk.Serving(connection).PurgeDays is { } days ? clock.GetUtcNow().AddDays(-days) : DateTimeOffset.UnixEpoch;
            // One that cannot be forgotten keeps no other from it: it is passed over until the next round.
            List<Over> some = [];
            do
            {
                some = await Some(house, connection, before, some.Count == 0 ? "" : some[^1].ExternalId);
                foreach (var one in some) if (await IsForgotten(house, connection, one)) forgotten++;
            }
            while (some.Count == AtOnce);
        }
        return forgotten;
    }

    private Task<List<Over>> Some(Actor house, Connection connection, DateTimeOffset before, string after) => db.Read(house, work => work.Query(
            """
            select c.external_id, c.order_id, c.told, c.taken, c.seen from channel_orders c left join orders o on o.id = c.order_id
             where c.merchant_id = @merchant and c.connection_id = @connection and c.told is not null and (c.forgotten_seen is null or c.forgotten_seen <> c.seen) and c.state in ('taken', 'ignored', 'parked') and c.external_id > @after
               and (c.order_id is null and (c.is_to_forget or c.changed_at_ms <= @before) or c.order_id is not null
                    and (c.is_to_forget or coalesce((select max(s.shipped_at_ms) from shipments s where s.order_id = o.id), o.ended_at_ms) <= @before)
                    and not exists (select 1 from order_lines l where l.order_id = o.id and l.kind in ('goods', 'component') and l.quantity > l.shipped + l.delivered + l.lost + l.sent_back + l.cancelled))
             order by c.external_id limit @most
            """, row => new Over(row.Text(), row.UuidOrNull(), row.TextOrNull(), row.TextOrNull(), row.Long()), ("connection", connection.Id.Value), ("before", before.ToUnixTimeMilliseconds()), ("most", AtOnce), ("after", after)));

    private async Task<bool> IsForgotten(Actor house, Connection connection, Over one)
    {
        try
        {
            bool isGone = false;
            await db.Do(house, async work =>
            {
                var now = clock.GetUtcNow();
                if (one.Order is { } order)
                {
                    await ForgetBuyer.Of(work, house, new OrderId(order), desk.Serving(connection).PurgeDays is { } days ? $"{connection.Channel} lets buyers be known for {days} days." : $"{connection.Channel} asked for it.", now);
                    await ForgetCustomers.Of(work, [order], now);
                    await Papers(work, house, new OrderId(order));
                }
                // Told anew since it was looked at: what is told is taken first, and forgotten in a later round.
                isGone = 1 == await work.Execute("update channel_orders set told = @told::text, taken = @taken::text, taking = null, buyer = null, forgotten_seen = @seen where merchant_id = @merchant and connection_id = @connection and external_id = @external and seen = @seen",
                    ("told", Nameless(one.Told)), ("taken", Nameless(one.Taken)), ("seen", one.Seen), ("connection", connection.Id.Value), ("external", one.ExternalId));
            });
            return isGone;
        }
#pragma warning disable CA1031 // one order's fault keeps nobody else's buyers known
        catch (Exception e)
        {
            log.LogWarning(e, "The buyer of order {Order} of connection {Connection} was not forgotten", one.ExternalId, connection.Id);
            return false;
        }
#pragma warning restore CA1031
    }

    // What was written for the buyer: mails, labels, and papers that nobody else is on.
    private static async Task Papers(Work work, Actor house, OrderId order)
    {
        await ForgetMessages.Of(work, order);
        var subjects = (await FulfilmentRoom.Of(work, house, [order])).SelectMany(f => f.Packages.Select(p => p.Id.ToString()).Prepend(f.Id.ToString())).ToList();
        await ForgetDocuments.About(work, [.. subjects.Concat(await ForgetLabels.Of(work, order)).Distinct()]);
    }

    private static string? Nameless(string? json) => ToldOrders.ReadOrNull(json) is { } order ? ToldOrders.Text(Nameless(order)) : null;

    /// <summary>A telling without its buyer: who it is, where it goes, what was written for it.</summary>
    internal static ChannelOrder Nameless(ChannelOrder order) => order with
    {
        Buyer = null,
        ShipTo = null,
        BillTo = null,
        Note = null,
        GiftMessage = null,
        Lines = [.. order.Lines.Select(l => l with { Properties = Nothing, Personalisation = null, GiftMessage = null })],
    };
}
