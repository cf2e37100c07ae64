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

    /// <summary>Orders of one connection that are taken in at once, and of all of them that use the database at once: others need it too.</summary>
    private const int MostAtOnce = 8, MostTogether = 16;

    /// <summary>An order that cannot even be looked at is parked after so many tries: something of ours is broken, and a person has to know.</summary>
    private const int MostBroken = 3;

    private readonly SemaphoreSlim _places = new(MostTogether);
    private WorkOff<string>? _connections;
    private CancellationToken _stop;

    internal sealed record Taken(Guid Connection, string ExternalId, OrderId? Order, ChannelOrder? Told, ChannelOrder? Taking, ChannelOrder? Last, long Seen, bool IsToFetch, bool IsForgotten, int Tries);

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private WorkOff<string> Connections => LazyInitializer.EnsureInitialized(ref _connections, () => new WorkOff<string>(MostAtOnce, Due, Take, log, "Orders of a channel were not taken in"));

    /// <summary>A connection has just told something: it is looked at now and not when the next round comes. However many nudge at once, its orders are looked for once more.</summary>
    internal void Nudge(Connection connection) => Connections.Start(connection.Id.Value, connection.Merchant, _stop, again: true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _stop = stoppingToken;
        await Rounds.Every(patience.Poll, clock, Turn, log, "Orders of channels were not taken in", stoppingToken);
        await Connections.Idle();
    }

    public override void Dispose()
    {
        _places.Dispose();
        base.Dispose();
    }

    /// <summary>Has every connection worked off that has something due.</summary>
    private async Task Turn()
    {
        var due = await db.ReadAll(work => work.Query(
            """
            select k.id, k.merchant_id from connections k where k.state = 'live'
               and exists (select 1 from channel_orders o where o.connection_id = k.id and o.state = 'waiting' and o.due_at_ms <= @now and o.lease_until_ms <= @now) /* house */
            """, row => (Id: row.Uuid(), Merchant: row.Long()), ("now", Now)));
        foreach (var (id, merchant) in due) Connections.Start(id, merchant, _stop);
    }

    private Task<List<string>> Due(Guid id, long merchant, int most) => db.Read(HouseWork.Of(merchant), work => work.Query(
        """
        select o.external_id from channel_orders o join connections k on k.id = o.connection_id
         where o.merchant_id = @merchant and o.connection_id = @id and o.state = 'waiting' and k.state = 'live' and o.due_at_ms <= @now and o.lease_until_ms <= @now
         order by o.due_at_ms, o.external_id limit @most
        """, row => row.Text(), ("id", id), ("now", Now), ("most", (long)most)));

    private async Task<bool> Take(Guid id, long merchant, string externalId, CancellationToken stop)
    {
        var house = HouseWork.Of(merchant);
        try
        {
            if (await Begin(house, id, externalId) is not { } begun) return false;
            if (begun.Connection is { State: "live" } connection) await Run(house, connection, begun.Row, stop);
            return true;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) { return false; }
        // It is no try in vain: the lease runs out by itself.
        catch (Exception e) when (HouseWork.IsNotNow(e))
        {
            log.LogWarning(e, "Order {Order} of connection {Connection} could not be taken in now and is tried again", externalId, new ConnectionId(id));
            return false;
        }
#pragma warning disable CA1031 // one order keeps no other from being taken in
        catch (Exception e)
        {
            log.LogError(e, "Order {Order} of connection {Connection} could not be taken in", externalId, new ConnectionId(id));
            return await Broke(house, id, externalId, e);
        }
#pragma warning restore CA1031
    }

    /// <summary>Something of ours is broken: it is tried a few times, and then a person is told. While the database itself is away nothing counts, and the lease runs out by itself.</summary>
    private async Task<bool> Broke(Actor house, Guid id, string externalId, Exception why)
    {
        try
        {
            await db.Do(house, async work =>
            {
                var wait = patience.Waits[0];
                string words = $"This server could not work on it ({why.GetType().Name}). Its log says more; once that is mended, have the order taken in again.";
                var now = clock.GetUtcNow();
                var broken = await work.Query(
                    """
                    update channel_orders set tries = tries + 1, state = case when tries + 1 >= @most then 'parked' else 'waiting' end, said = @said, lease_until_ms = 0, due_at_ms = @due, changed_at_ms = @now
                     where merchant_id = @merchant and connection_id = @id and external_id = @external and state = 'waiting' returning state, order_id
                    """, row => (State: row.Text(), Order: row.UuidOrNull()),
                    ("most", MostBroken), ("said", words), ("due", Now + (long)wait.TotalMilliseconds), ("now", Now), ("id", id), ("external", externalId));
                if (broken is not [("parked", var order)] || await Connection.Find(work, id) is not { } connection) return;
                var batch = work.Batch();
                ExceptionsRoom.Raise(batch, [Parked(connection, externalId, externalId, words, order)], now);
                await batch.Run();
            });
            return true;
        }
#pragma warning disable CA1031 // the database is away: it is tried when it is back
        catch (Exception e)
        {
            log.LogWarning(e, "That an order of a channel could not be taken in was not noted");
            return false;
        }
#pragma warning restore CA1031
    }

    private sealed record Begun(Taken Row, Connection? Connection);

    /// <summary>Claims an order, and in the same transaction writes down what will be placed of one whose telling is at hand.</summary>
    private Task<Begun?> Begin(Actor house, Guid id, string externalId) => db.Do<Begun?>(house, async work =>
    {
        if (await Claim(work, id, externalId) is not { } row) return null;
        var connection = await Connection.Find(work, id);
        return new Begun(connection is { State: "live" } ? await Intend(work, connection, row) : row, connection);
    });

    /// <summary>What will be placed is written before it is.</summary>
    private static async Task<Taken> Intend(Work work, Connection connection, Taken row)
    {
        if (row is not { IsToFetch: false, Order: null, Taking: null, Told: { } told } || connection.HasNothingToDo(told)) return row;
        await work.Execute("update channel_orders set taking = @taking, is_before = @before where merchant_id = @merchant and connection_id = @id and external_id = @external",
            ("taking", ToldOrders.Text(told)), ("before", connection.IsBefore(told)), ("id", row.Connection), ("external", row.ExternalId));
        return row with { Taking = told };
    }

    /// <summary>One that somebody has put off since it was found due is not taken.</summary>
    internal Task<Taken?> Claim(Actor house, Guid id, string externalId) => db.Do(house, work => Claim(work, id, externalId));

    private async Task<Taken?> Claim(Work work, Guid id, string externalId) => (await work.Query(
        """
        update channel_orders set lease_until_ms = @until
         where merchant_id = @merchant and connection_id = @id and external_id = @external and state = 'waiting' and due_at_ms <= @now and lease_until_ms <= @now
        returning order_id, told, taking, taken, seen, is_to_fetch, forgotten_seen is not null, tries
        """, row => Read(row, id, externalId), ("id", id), ("external", externalId), ("now", Now), ("until", Now + (long)patience.OrderLease.TotalMilliseconds))).FirstOrDefault();

    // What was told is a copy: one that cannot be read any more is asked for again.
    private static Taken Read(Row row, Guid id, string externalId)
    {
        var (order, said) = (row.UuidOrNull() is { } known ? new OrderId(known) : (OrderId?)null, row.TextOrNull());
        var told = ToldOrders.ReadOrNull(said);
        return new Taken(id, externalId, order, told, ToldOrders.ReadOrNull(row.TextOrNull()), ToldOrders.ReadOrNull(row.TextOrNull()), row.Long(), row.Bool() | (said is not null && told is null), row.Bool(), row.Int());
    }

    private async Task Run(Actor house, Connection connection, Taken row, CancellationToken stop)
    {
        if (row.IsToFetch)
        {
            var asked = await desk.Of(connection).Order(desk.Call(connection, stop, mayWait: true), row.ExternalId);
            if (asked.Fault is { } fault) { await Later(house, connection, row, fault.Words, fault.PassesBy, fault.RetryAfter); return; }
            if (asked.Value is { } fresh)
            {
                // Kept as any other telling: an older answer changes nothing. What is kept then is taken in.
                if (await Fetched(house, connection, row, fresh) is not { } now) return;
                row = now;
            }
            else if (row.Told is null) { await Settle(house, row, "ignored", null, null, "The channel has no such order."); return; }
            else row = row with { IsToFetch = false };
        }
        if (row.Told is not { } told) { await Settle(house, row, "ignored", null, null, null); return; }
        // The channel itself is asked above and waits for nobody here.
        await _places.WaitAsync(stop);
        try
        {
            if (row.Taking is null && row.Order is { } order) await Follow(house, connection, row, order, told);
            else await First(house, connection, row, row.Taking ?? told);
        }
        finally { _places.Release(); }
    }

    private Task<Taken?> Fetched(Actor house, Connection connection, Taken row, ChannelOrder fresh) => db.Do<Taken?>(house, async work =>
    {
        // What was wished for since the question was sent is asked for again.
        await work.Execute(
            """
            update channel_orders set is_to_fetch = is_to_fetch and seen <> @seen, lease_until_ms = 0, told = case when @broken then null else told end
             where merchant_id = @merchant and connection_id = @id and external_id = @external
            """, ("id", row.Connection), ("external", row.ExternalId), ("seen", row.Seen), ("broken", row.Told is null));
        await ToldOrders.Keep(work, connection, [fresh], clock.GetUtcNow());
        if (await Claim(work, row.Connection, row.ExternalId) is not { } now) return null;
        if (now.Told is null) throw new InvalidOperationException("What the channel said of an order cannot be read again.");
        // A shop that tells of each step of an order tells the next while the first is asked for. What was heard is taken in now, and the wish stays: no row was told so often, and so it is asked for once more.
        if (now.IsToFetch) now = now with { IsToFetch = false, Seen = -1 };
        return await Intend(work, connection, now);
    });

    private async Task Follow(Actor house, Connection connection, Taken row, OrderId order, ChannelOrder told)
    {
        // Who was forgotten stays it: a name or an address that is told again is no change of an order that is over.
        if (row.IsForgotten && row.Last is { } last && Wanted(told) <= Wanted(last)) told = ForgetBuyers.Nameless(told);
        var done = await follow.Do(house, connection, order, row.Last ?? ChannelChange.Afresh(told), told);
        if (done.Error is { } error) await Later(house, connection, row, Explain(error), IsPassing(error), null);
        else await Settle(house, row, "taken", order, told, null);
    }

    // Of an order that is to be taken in afresh, all its units.
    private static long Wanted(ChannelOrder order) => order.Lines.Where(l => l.IsOurs).Sum(l => l.Cancelled > l.Quantity ? l.Quantity : l.Quantity - l.Cancelled);

    private async Task First(Actor house, Connection connection, Taken row, ChannelOrder told)
    {
        if (row.Taking is null) row = await db.Do(house, work => Intend(work, connection, row));
        if (row.Taking is null) { await Settle(house, row, "ignored", null, null, null); return; }
        bool isBefore = connection.IsBefore(told);
        var placed = await Place(house, connection, told, isBefore);
        OrderId? order = placed.IsOk ? IdOf(placed.Value) : placed.Error!.Code == "orders.external_id_taken" && placed.Error.Extra.GetValueOrDefault("orderId") is string taken ? OrderId.Parse(taken, null) : null;
        if (order is not { } id) { await Later(house, connection, row, Explain(placed.Error!), IsPassing(placed.Error!), null, isAnew: !IsPassing(placed.Error!)); return; }
        // It is known from now on, whatever comes of the rest: its buyer can be forgotten, and its units are counted as taken.
        if (row.Order is null) await db.Do(house, work => work.Execute("update channel_orders set order_id = @order where merchant_id = @merchant and connection_id = @id and external_id = @external and order_id is null",
            ("order", id.Value), ("id", row.Connection), ("external", row.ExternalId)));
        // Units that were given back before we saw the order are not in it; money alone that was given back is.
        var booked = await money.Refunds(house, connection, id, told.ExternalId, [.. told.Refunds.Where(r => r.Units.Count == 0)]);
        var error = booked.Error ?? (told.State == ChannelOrderState.Closed || !isBefore && told.Lines.Any(l => l is { IsOurs: true, Shipped: > 0 }) ? await follow.ShippedElsewhere(house, connection, id, null, told) : null);
        if (error is not null) { await Later(house, connection, row, Explain(error), IsPassing(error), null); return; }
        // After a process that died here more may have been told: that is to be done still.
        await Settle(house, row, ToldOrders.Text(told) == ToldOrders.Text(row.Told!) ? "taken" : "waiting", id, told, null);
    }

    private async Task<Result<OrderAnswer>> Place(Actor house, Connection connection, ChannelOrder told, bool isBefore)
    {
        var listings = await db.Read(house, work => ListingRows.Known(work, connection.Id, [.. told.Lines.Select(l => l.ListingId).OfType<string>().Distinct()]));
        var request = ChannelRequest.Of(told, connection.Channel, listings, connection.Methods, isBefore, desk.Serving(connection).OwesTax);
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
    private Task Settle(Actor house, Taken row, string state, OrderId? order, ChannelOrder? taken, string? said) => db.Do(house, async work =>
    {
        var batch = work.Batch();
        batch.Execute(
            """
            update channel_orders set order_id = coalesce(@order::uuid, order_id), taken = coalesce(@taken::text, taken), taking = null, said = @said::text, tries = 0, lease_until_ms = 0, is_to_fetch = is_to_fetch and seen <> @seen,
                   state = case when seen = @seen then @state else 'waiting' end, due_at_ms = case when seen = @seen then due_at_ms else @now end, changed_at_ms = @now
             where merchant_id = @merchant and connection_id = @id and external_id = @external
            """, ("order", order?.Value), ("taken", taken is null ? null : ToldOrders.Text(taken)), ("said", said), ("seen", row.Seen), ("state", state), ("now", Now), ("id", row.Connection), ("external", row.ExternalId));
        if (order is not null) ExceptionsRoom.Mend(batch, [(ParkedKind, Subject(row.Connection, row.ExternalId))], house, "It was taken in.", clock.GetUtcNow());
        await batch.Run();
    });

    private Task Later(Actor house, Connection connection, Taken row, string said, bool passes, TimeSpan? after, bool isAnew = false) => db.Do(house, async work =>
    {
        bool isOver = !passes || row.Tries + 1 >= patience.MostTries;
        var wait = patience.Waits[Math.Min(row.Tries, patience.Waits.Count - 1)];
        if (after is { } asked && asked > wait) wait = asked;
        string words = Text.Cut(said, 500) ?? "";
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
        var batch = work.Batch();
        ExceptionsRoom.Raise(batch, [Parked(connection, row.ExternalId, row.Told?.Number ?? row.ExternalId, words, row.Order?.Value)], clock.GetUtcNow());
        await batch.Run();
    });

    private static Trouble Parked(Connection connection, string externalId, string number, string words, Guid? order) =>
        new(ParkedKind, Subject(connection.Id.Value, externalId), $"Order {number} of {connection.ChannelName} could not be taken in: {words}", order)
        {
            Says = Saying.Of(Phrase.ChannelNotTaken, ("number", number), ("channel", connection.ChannelName), ("said", words)),
        };

    private static string Subject(Guid connection, string externalId) => $"{new ConnectionId(connection)}/{externalId}";
    private static bool IsPassing(Error error) => error.Kind is ErrorKind.Busy or ErrorKind.Unavailable or ErrorKind.Upstream || error.Code is "request.in_progress" or "orders.queue_full" or "orders.catalog_changed";
}
