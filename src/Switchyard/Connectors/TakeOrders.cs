using System.Collections.Concurrent;
using Switchyard.Access;
using Switchyard.Adapters;
using Switchyard.Database;
using Switchyard.Exceptions;
using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Connectors;

/// <summary>
/// Takes in what channels have told. What will be placed is written first, so that a process that dies in between is followed by one that places the very same; the order is one by the channel's own id,
/// whoever places it. A telling after that is compared with the one that was taken in last, and what changed is done to the order.
/// </summary>
public sealed class TakeOrders(Db db, ConnectorDesk desk, OrderWriter writer, FollowChannel follow, ConnectorPatience patience, TimeProvider clock, ILogger<TakeOrders> log) : BackgroundService
{
    private const int MostAtOnce = 64;
    private readonly ConcurrentDictionary<(Guid, string), byte> _running = new();

    private sealed record Taken(Guid Connection, string ExternalId, OrderId? Order, ChannelOrder? Told, ChannelOrder? Taking, ChannelOrder? Last, long Seen, bool IsToFetch, int Tries);

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Rounds.Every(patience.Poll, clock, () => Turn(stoppingToken), log, "Orders of channels were not taken in", stoppingToken);

    /// <summary>Takes in all that are due, until none is.</summary>
    internal async Task Turn(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var due = await db.ReadAll(work => work.Query(
                """
                select o.connection_id, o.external_id, o.merchant_id from channel_orders o join connections k on k.id = o.connection_id
                 where o.state = 'waiting' and k.state = 'live' and o.due_at_ms <= @now and o.lease_until_ms <= @now order by o.due_at_ms, o.connection_id, o.external_id limit @most /* house */
                """, row => (Connection: row.Uuid(), ExternalId: row.Text(), Merchant: row.Long()), ("now", Now), ("most", (long)MostAtOnce)));
            if (due.Count == 0) return;
            await Task.WhenAll(due.Select(d => Take(d.Connection, d.ExternalId, d.Merchant, stop)));
        }
    }

    private async Task Take(Guid id, string externalId, long merchant, CancellationToken stop)
    {
        if (!_running.TryAdd((id, externalId), 0)) return;
        var house = Actor.House("system:connectors", merchant);
        try
        {
            if (await Claim(house, id, externalId) is not { } row || await db.Read(house, work => Connection.Find(work, id)) is not { } connection) return;
            await Run(house, connection, row, stop);
        }
#pragma warning disable CA1031 // one order keeps no other from being taken in; its lease runs out and it is tried again
        catch (Exception e) when (e is not OperationCanceledException || !stop.IsCancellationRequested) { log.LogError(e, "An order of a channel could not be taken in"); }
#pragma warning restore CA1031
        finally { _running.TryRemove((id, externalId), out _); }
    }

    private async Task<Taken?> Claim(Actor house, Guid id, string externalId)
    {
        var claimed = await db.Write<List<Taken>>(house, work => Found(work, id, externalId, Now));
        return claimed is { IsOk: true, Value: [var row] } ? row : null;
    }

    private async Task<Result<List<Taken>>> Found(Work work, Guid id, string externalId, long now) => await work.Query(
        """
        update channel_orders set lease_until_ms = @until where merchant_id = @merchant and connection_id = @id and external_id = @external and state = 'waiting' and lease_until_ms <= @now
        returning order_id, told, taking, taken, seen, is_to_fetch, tries
        """,
        row => new Taken(id, externalId, row.UuidOrNull() is { } order ? new OrderId(order) : null, ToldOrders.Read(row.TextOrNull()), ToldOrders.Read(row.TextOrNull()), ToldOrders.Read(row.TextOrNull()), row.Long(), row.Bool(), row.Int()),
        ("id", id), ("external", externalId), ("now", now), ("until", now + (long)patience.Lease.TotalMilliseconds));

    private async Task Run(Actor house, Connection connection, Taken row, CancellationToken stop)
    {
        if (row.IsToFetch)
        {
            var asked = await desk.Of(connection).Order(desk.Call(connection, stop, mayWait: true), row.ExternalId);
            if (asked.Fault is { } fault) { await Later(house, row, fault.Words, fault.PassesBy, fault.RetryAfter); return; }
            if (asked.Value is { } fresh)
            {
                // Kept as any other telling: an older answer changes nothing. What it says is taken in the next moment.
                await Write(house, async work =>
                {
                    await ToldOrders.Keep(work, connection, [fresh], clock.GetUtcNow());
                    await work.Execute("update channel_orders set is_to_fetch = false, lease_until_ms = 0 where merchant_id = @merchant and connection_id = @id and external_id = @external",
                        ("id", row.Connection), ("external", row.ExternalId));
                });
                return;
            }
            if (row.Told is null) { await Settle(house, row, "ignored", null, null, "The channel has no such order."); return; }
        }
        if (row.Told is not { } told) { await Settle(house, row, "ignored", null, null, null); return; }
        if (row.Last is { } last && row.Order is { } order)
        {
            var done = await follow.Do(house, connection, order, row.ExternalId, ChannelChange.Of(last, told), told);
            if (done.Error is { } error) await Later(house, row, error.Detail, IsPassing(error), null);
            else await Settle(house, row, "taken", order, told, null);
            return;
        }
        await First(house, connection, row, row.Taking ?? told);
    }

    private async Task First(Actor house, Connection connection, Taken row, ChannelOrder told)
    {
        // Over or cancelled before we ever saw it, or all of it the marketplace's own to ship: there is nothing to do, and a later telling is looked at anew.
        if (told.State is ChannelOrderState.Cancelled || told.State is ChannelOrderState.Closed && (connection.GoLiveAt is not { } live || told.PlacedAt < live) || !told.IsAnythingOurs)
        {
            await Settle(house, row, "ignored", null, null, null);
            return;
        }
        if (row.Taking is null) await Write(house, work => work.Execute("update channel_orders set taking = @taking where merchant_id = @merchant and connection_id = @id and external_id = @external",
            ("taking", ToldOrders.Text(told)), ("id", row.Connection), ("external", row.ExternalId)));
        var listings = await db.Read(house, work => ListingRows.Known(work, connection.Id, [.. told.Lines.Select(l => l.ListingId).OfType<string>().Distinct()]));
        var placed = await writer.Place(house, ChannelRequest.Of(told, connection.Channel, listings, connection.Methods));
        OrderId? order = placed.IsOk ? IdOf(placed.Value) : placed.Error!.Code == "orders.external_id_taken" && placed.Error.Extra?.GetValueOrDefault("orderId") is string taken ? OrderId.Parse(taken, null) : null;
        if (order is null) { await Later(house, row, placed.Error!.Detail, IsPassing(placed.Error), null); return; }
        await Settle(house, row, "taken", order, told, null);
    }

    private static OrderId IdOf(OrderAnswer answer)
    {
        using var json = System.Text.Json.JsonDocument.Parse(answer.Json);
        return OrderId.Parse(json.RootElement.GetProperty("id").GetString()!, null);
    }

    // A telling that came meanwhile is still to be done: the row then waits on.
    private Task Settle(Actor house, Taken row, string state, OrderId? order, ChannelOrder? taken, string? said) => Write(house, async work =>
    {
        await work.Execute(
            """
            update channel_orders set order_id = coalesce(@order::uuid, order_id), taken = coalesce(@taken::text, taken), taking = null, said = @said::text, tries = 0, lease_until_ms = 0, is_to_fetch = is_to_fetch and seen <> @seen,
                   state = case when seen = @seen then @state else 'waiting' end, due_at_ms = case when seen = @seen then due_at_ms else @now end, changed_at_ms = @now
             where merchant_id = @merchant and connection_id = @id and external_id = @external
            """, ("order", order?.Value), ("taken", taken is null ? null : ToldOrders.Text(taken)), ("said", said), ("seen", row.Seen), ("state", state), ("now", Now), ("id", row.Connection), ("external", row.ExternalId));
        if (order is null) return;
        var batch = work.Batch();
        ExceptionsRoom.Mend(batch, [("channel_order_parked", Subject(row))], house, "It was taken in.", clock.GetUtcNow());
        await batch.Run();
    });

    private Task Later(Actor house, Taken row, string said, bool passes, TimeSpan? after) => Write(house, async work =>
    {
        bool isOver = !passes || row.Tries + 1 >= patience.MostTries;
        var wait = patience.Waits[Math.Min(row.Tries, patience.Waits.Count - 1)];
        if (after is { } asked && asked > wait) wait = asked;
        string words = said.Length > 500 ? said[..500] : said;
        await work.Execute(
            "update channel_orders set state = @state, said = @said, tries = tries + 1, lease_until_ms = 0, due_at_ms = @due, changed_at_ms = @now where merchant_id = @merchant and connection_id = @id and external_id = @external and seen = @seen",
            ("state", isOver ? "parked" : "waiting"), ("said", words), ("due", Now + (long)wait.TotalMilliseconds), ("now", Now), ("id", row.Connection), ("external", row.ExternalId), ("seen", row.Seen));
    });

    private static string Subject(Taken row) => $"{new ConnectionId(row.Connection)}/{row.ExternalId}";
    private static bool IsPassing(Error error) => error.Kind is ErrorKind.Busy or ErrorKind.Unavailable or ErrorKind.Upstream || error.Code is "request.in_progress" or "orders.queue_full" or "orders.catalog_changed";

    private async Task Write(Actor house, Func<Work, Task> body)
    {
        var done = await db.Write<Done>(house, async work => { await body(work); return new Done(); });
        if (done.Error is { } error) throw new InvalidOperationException(error.Detail);
    }
}
