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
public sealed class TakeOrders(Db db, ConnectorDesk desk, OrderWriter writer, FollowChannel follow, FollowMoney money, ConnectorPatience patience, TimeProvider clock, ILogger<TakeOrders> log) : BackgroundService
{
    private const string ParkedKind = "channel_order_parked";

    private const int MostAtOnce = 64;
    private readonly ConcurrentDictionary<(Guid, string), byte> _running = new();

    private sealed record Taken(Guid Connection, string ExternalId, OrderId? Order, ChannelOrder? Told, ChannelOrder? Taking, ChannelOrder? Last, long Seen, bool IsToFetch, int Tries);

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Something has just been told: it is looked at now and not when the next round comes.</summary>
    public void Nudge() => _ = Task.Run(async () =>
    {
        try { await Turn(_stop); }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested) { /* the server stops; the next one does it */ }
#pragma warning disable CA1031 // the next round does it
        catch (Exception e) { log.LogWarning(e, "Orders of channels were not taken in at once"); }
#pragma warning restore CA1031
    }, CancellationToken.None);

    private CancellationToken _stop;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Rounds.Every(patience.Poll, clock, () => Turn(_stop = stoppingToken), log, "Orders of channels were not taken in", stoppingToken);

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
        ("id", id), ("external", externalId), ("now", now), ("until", now + (long)patience.OrderLease.TotalMilliseconds));

    private async Task Run(Actor house, Connection connection, Taken row, CancellationToken stop)
    {
        if (row.IsToFetch)
        {
            var asked = await desk.Of(connection).Order(desk.Call(connection, stop, mayWait: true), row.ExternalId);
            if (asked.Fault is { } fault) { await Later(house, connection, row, fault.Words, fault.PassesBy, fault.RetryAfter); return; }
            if (asked.Value is { } fresh)
            {
                // Kept as any other telling: an older answer changes nothing. What it says is taken in the next moment.
                await Write(house, async work =>
                {
                    // What was wished for since the question was sent is asked for again.
                    await work.Execute("update channel_orders set is_to_fetch = is_to_fetch and seen <> @seen, lease_until_ms = 0 where merchant_id = @merchant and connection_id = @id and external_id = @external",
                        ("id", row.Connection), ("external", row.ExternalId), ("seen", row.Seen));
                    await ToldOrders.Keep(work, connection, [fresh], clock.GetUtcNow());
                });
                return;
            }
            if (row.Told is null) { await Settle(house, row, "ignored", null, null, "The channel has no such order."); return; }
        }
        if (row.Told is not { } told) { await Settle(house, row, "ignored", null, null, null); return; }
        if (row.Taking is null && row.Order is { } order)
        {
            var done = await follow.Do(house, connection, order, row.Last ?? ChannelChange.Afresh(told), told);
            if (done.Error is { } error) await Later(house, connection, row, Explain(error), IsPassing(error), null);
            else await Settle(house, row, "taken", order, told, null);
            return;
        }
        await First(house, connection, row, row.Taking ?? told);
    }

    private async Task First(Actor house, Connection connection, Taken row, ChannelOrder told)
    {
        bool isBefore = connection.IsBefore(told);
        // Over or cancelled before we ever saw it, or all of it the marketplace's own to ship: there is nothing to do, and a later telling is looked at anew.
        if (row.Taking is null && (told.State is ChannelOrderState.Cancelled || told.State is ChannelOrderState.Closed && (connection.GoLiveAt is null || isBefore) || !ChannelRequest.IsAnythingToSend(told, isBefore)))
        {
            await Settle(house, row, "ignored", null, null, null);
            return;
        }
        if (row.Taking is null) await Write(house, work => work.Execute("update channel_orders set taking = @taking, is_before = @before where merchant_id = @merchant and connection_id = @id and external_id = @external",
            ("taking", ToldOrders.Text(told)), ("before", isBefore), ("id", row.Connection), ("external", row.ExternalId)));
        var placed = await Place(house, connection, told, isBefore);
        OrderId? order = placed.IsOk ? IdOf(placed.Value) : placed.Error!.Code == "orders.external_id_taken" && placed.Error.Extra.GetValueOrDefault("orderId") is string taken ? OrderId.Parse(taken, null) : null;
        if (order is not { } id) { await Later(house, connection, row, Explain(placed.Error!), IsPassing(placed.Error!), null, isAnew: !IsPassing(placed.Error!)); return; }
        // Units that were given back before we saw the order are not in it; money alone that was given back is.
        var booked = await money.Refunds(house, connection, id, told.ExternalId, [.. told.Refunds.Where(r => r.Units.Count == 0)]);
        var error = booked.Error ?? (told.State == ChannelOrderState.Closed || !isBefore && told.Lines.Any(l => l is { IsOurs: true, Shipped: > 0 }) ? await follow.ShippedElsewhere(house, connection, id, null, told) : null);
        if (error is not null) { await Later(house, connection, row, Explain(error), IsPassing(error), null); return; }
        // After a process that died here more may have been told: that is to be done still.
        await Settle(house, row, row.Taking is null || ToldOrders.Text(told) == ToldOrders.Text(row.Told!) ? "taken" : "waiting", id, told, null);
    }

    private async Task<Result<OrderAnswer>> Place(Actor house, Connection connection, ChannelOrder told, bool isBefore)
    {
        var listings = await db.Read(house, work => ListingRows.Known(work, connection.Id, [.. told.Lines.Select(l => l.ListingId).OfType<string>().Distinct()]));
        var request = ChannelRequest.Of(told, connection.Channel, listings, connection.Methods, isBefore);
        // It is sold already: where stock is short it waits.
        if (connection.OnShort == "refuse") request = request with { OnShort = "hold" };
        if (PlaceOrder.Validate(request) is { } faults) return faults;
        return await writer.Place(house, request, isFromFile: isBefore);
    }

    private static string Explain(Error error) => error.Fields.Count == 0 ? error.Detail : $"{error.Detail} {error.Fields[0].Pointer}: {error.Fields[0].Detail}";

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
        ExceptionsRoom.Mend(batch, [(ParkedKind, Subject(row))], house, "It was taken in.", clock.GetUtcNow());
        await batch.Run();
    });

    private Task Later(Actor house, Connection connection, Taken row, string said, bool passes, TimeSpan? after, bool isAnew = false) => Write(house, async work =>
    {
        bool isOver = !passes || row.Tries + 1 >= patience.MostTries;
        var wait = patience.Waits[Math.Min(row.Tries, patience.Waits.Count - 1)];
        if (after is { } asked && asked > wait) wait = asked;
        string words = said.Length > 500 ? said[..500] : said;
        // Nothing of it was placed: what is told next, or told again, is placed then.
        if (isAnew) await work.Execute("update channel_orders set taking = null where merchant_id = @merchant and connection_id = @id and external_id = @external", ("id", row.Connection), ("external", row.ExternalId));
        int late = await work.Execute(
            "update channel_orders set state = @state, said = @said, tries = tries + 1, lease_until_ms = 0, due_at_ms = @due, changed_at_ms = @now where merchant_id = @merchant and connection_id = @id and external_id = @external and seen = @seen",
            ("state", isOver ? "parked" : "waiting"), ("said", words), ("due", Now + (long)wait.TotalMilliseconds), ("now", Now), ("id", row.Connection), ("external", row.ExternalId), ("seen", row.Seen));
        if (!isOver || late == 0)
        {
            // What was told meanwhile is tried at once.
            if (late == 0) await work.Execute("update channel_orders set lease_until_ms = 0 where merchant_id = @merchant and connection_id = @id and external_id = @external and seen <> @seen",
                ("id", row.Connection), ("external", row.ExternalId), ("seen", row.Seen));
            return;
        }
        string number = row.Told?.Number ?? row.ExternalId;
        var batch = work.Batch();
        ExceptionsRoom.Raise(batch, [new Trouble(ParkedKind, Subject(row), $"Order {number} of {connection.ChannelName} could not be taken in: {words}", row.Order?.Value)
        {
            Says = Saying.Of(Phrase.ChannelNotTaken, ("number", number), ("channel", connection.ChannelName), ("said", words)),
        }], clock.GetUtcNow());
        await batch.Run();
    });

    private static string Subject(Taken row) => $"{new ConnectionId(row.Connection)}/{row.ExternalId}";
    private static bool IsPassing(Error error) => error.Kind is ErrorKind.Busy or ErrorKind.Unavailable or ErrorKind.Upstream || error.Code is "request.in_progress" or "orders.queue_full" or "orders.catalog_changed";

    private async Task Write(Actor house, Func<Work, Task> body)
    {
        var done = await db.Write<Done>(house, async work => { await body(work); return new Done(); });
        if (done.Error is { } error) throw new InvalidOperationException(error.Detail);
    }
}
