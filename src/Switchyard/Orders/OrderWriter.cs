using System.Threading.Channels;
using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>
/// The one writer of new orders in a process. Orders wait in a bounded queue; whatever is there is promised, stored and
/// committed together (<see cref="OrderDrain"/>), and nobody is answered before the commit.
/// </summary>
public sealed class OrderWriter(Db db, CatalogReader catalog, NetworkReader network, PolicyReader policies, OrderNumbers numbers, FindOrder find, TimeProvider clock, ILogger<OrderWriter> log) : BackgroundService
{
    private const int MostOrders = 2_048, MostLines = 40_000, DrainOrders = 256, DrainLines = 4_000, MostTries = 8, TriesInFlight = 2;

    /// <summary>While one drain waits for the database the next is worked out. SQLite has one writer anyway.</summary>
    private readonly int _loops = db.Kind == DatabaseKind.Postgres ? 2 : 1;

    private readonly Channel<PendingOrder> _queue = Channel.CreateBounded<PendingOrder>(MostOrders);
    private int _linesWaiting;

    /// <summary>Lines that wait to be written; the queue is full at <see cref="MostLines"/>.</summary>
    public int LinesWaiting => Volatile.Read(ref _linesWaiting);

    /// <summary>Places one order and answers when it is committed.</summary>
    /// <remarks>Errors: orders.queue_full, orders.short, orders.no_route, orders.unknown_channel, orders.price_missing, orders.external_id_taken,
    /// orders.reservation_not_found, request.idempotency_key_reused, server.unavailable.</remarks>
    public async Task<Result<OrderAnswer>> Place(Actor actor, PlaceOrder.Request request, bool isFromFile = false, OrderSource? source = null, long? importRun = null)
    {
        Result<PlacedOutcome> outcome;
        do
        {
            var prepared = await PendingOrder.Prepare(actor, request, catalog, network, policies, db, clock.GetUtcNow(), source?.Draft is { } draft ? new OrderId(draft.Value) : null, isFromFile, source);
            if (prepared.Error is { } error) return await Earlier(actor) is { } earlier ? earlier : error;
            var pending = prepared.Value;
            pending.ImportRun = importRun;
            if (Interlocked.Add(ref _linesWaiting, pending.Order.Lines.Count) > MostLines || !_queue.Writer.TryWrite(pending))
            {
                Interlocked.Add(ref _linesWaiting, -pending.Order.Lines.Count);
                return OrderErrors.QueueFull;
            }
            outcome = await pending.Done.Task;
        } while (outcome is { IsOk: true, Value.IsToPrepare: true });
        if (outcome.Error is { } refused) return refused;
        if (outcome.Value.Answer is { } answer) return answer;
        var view = await find.Find(actor with { Nodes = null }, outcome.Value.Existing!.Value);      // the channel sent it before: the order as it is now
        return view is null ? OrderErrors.OutcomeUnknown : new OrderAnswer(find.ToJson(view), 200, isReplay: false, FindOrder.ETag(view));
    }

    /// <summary>
    /// Places orders of the past, each at its own instant, together and in the order given: how days are played again. They pass by the queue, so whoever calls is
    /// alone with the shop.
    /// </summary>
    /// <returns>The id of each, also of one that was placed before, or why it was not taken.</returns>
    /// <remarks>Errors: those of <see cref="Place"/>.</remarks>
    internal async Task<IReadOnlyList<Result<OrderId>>> PlacePast(Actor actor, IReadOnlyList<(PlaceOrder.Request Request, DateTimeOffset At)> orders)
    {
        var prepared = new List<Result<PendingOrder>>(orders.Count);
        foreach (var (request, at) in orders) prepared.Add(await PendingOrder.Prepare(actor, request, catalog, network, policies, db, at, cameAt: at));
        var carried = new Queue<PendingOrder>(prepared.Where(p => p.IsOk).Select(p => p.Value));
        while (carried.Count > 0)
        {
            List<PendingOrder> some = [.. carried];
            carried.Clear();
            await Work(some, carried);
        }
        var placed = new List<Result<OrderId>>(orders.Count);
        foreach (var one in prepared)
        {
            if (one.Error is { } error) { placed.Add(error); continue; }
            var outcome = await one.Value.Done.Task;
            placed.Add(outcome.Error is { } refused ? refused : outcome.Value.IsToPrepare ? OrderErrors.OutcomeUnknown : outcome.Value.Existing ?? one.Value.Id);
        }
        return placed;
    }

    /// <summary>The answer under the request's key, if it was placed before. What has become of prices and times since does not undo that.</summary>
    public async Task<OrderAnswer?> Earlier(Actor actor) =>
        actor.Stamp is { } stamp && await db.Read(actor, work => Idempotency.Find(work, stamp)) is { Answer: { } json } stored && stored.IsOf(stamp)
            ? new OrderAnswer(json, 201, isReplay: true) : null;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, _loops).Select(_ => Task.Run(() => Loop(stoppingToken), CancellationToken.None)));

    private async Task Loop(CancellationToken stoppingToken)
    {
        var carried = new Queue<PendingOrder>();
        var reader = _queue.Reader;
        while (carried.Count > 0 || await WaitForMore(reader, stoppingToken))
        {
            var drain = Next(carried, reader);
            if (drain.Count == 0) continue;                    // the other loop was quicker
            int taken = drain.Sum(p => p.Order.Lines.Count), left = carried.Sum(p => p.Order.Lines.Count);
            try { await Work(drain, carried); }
#pragma warning disable CA1031 // the writer outlives any fault; whoever waits hears of it
            catch (Exception e)
#pragma warning restore CA1031
            {
                log.LogError(e, "{Count} orders could not be written", drain.Count);
                foreach (var pending in drain) pending.Done.TrySetException(e);
            }
            Interlocked.Add(ref _linesWaiting, carried.Sum(p => p.Order.Lines.Count) - left - taken);
        }
    }

    /// <summary>Stops taking orders, then writes those that wait: nobody is left without an answer.</summary>
    public override Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        return base.StopAsync(cancellationToken);
    }

    private static async Task<bool> WaitForMore(ChannelReader<PendingOrder> reader, CancellationToken stop)
    {
        try { return await reader.WaitToReadAsync(stop); }
        catch (OperationCanceledException) { return reader.TryPeek(out _); }
    }

    private static List<PendingOrder> Next(Queue<PendingOrder> carried, ChannelReader<PendingOrder> reader)
    {
        var drain = new List<PendingOrder>();
        int lines = 0;
        while (drain.Count < DrainOrders && lines < DrainLines && (carried.TryDequeue(out var next) || reader.TryRead(out next)))
        {
            drain.Add(next);
            lines += next.Order.Lines.Count;
        }
        return drain;
    }

    private async Task Work(List<PendingOrder> drain, Queue<PendingOrder> carried)
    {
        for (int attempt = 1; ; attempt++)
        {
            bool commitSent = false;
            try
            {
                var taken = new Dictionary<(long, string), Queue<string>>();
                foreach (var group in drain.GroupBy(p => (p.Actor.Merchant, p.Order.Terms.Type)))
                    taken[group.Key] = await numbers.Take(group.Key.Merchant, group.Count(), group.Key.Type, group.Max(p => p.Order.Policy.SeriesVersion(p.Order.Terms.Type)));
                var now = clock.GetUtcNow();
                long[] merchants = [.. drain.Select(p => p.Actor.Merchant).Distinct().Order()];
                bool isHeld = attempt > TriesInFlight;
                var result = await db.TransactAsWriter(merchants, async work =>
                {
                    if (isHeld) await RefreshHeld(work, merchants, drain);
                    return await new OrderDrain(drain, taken, now).Run(work, () => commitSent = true);
                }, keep: _ => false);
                if (result.IsStale) { await Refresh(drain); continue; }
                foreach (var (pending, outcome) in result.Outcomes) pending.Done.TrySetResult(outcome);
                foreach (var later in result.Later) carried.Enqueue(later);
                return;
            }
            // Another writer was quicker with the same key or external id: look again, it is stored now.
            catch (Exception e) when (Dialect.IsUniqueViolation(e, out _) && attempt < MostTries) { }
            catch (Exception e) when (Dialect.IsUnavailable(e)) { await AnswerUnknown(drain, commitSent); return; }
            catch (Exception) when (drain.Count > 1)
            {
                var stuck = new HashSet<long>();
                foreach (var one in drain.ToList()) await Alone(one, carried, stuck);       // one of them is poison: each is tried by itself
                return;
            }
        }
    }

    /// <param name="stuck">SKUs whose stock somebody else holds for long: they are waited for once, not by each order.</param>
    private async Task Alone(PendingOrder pending, Queue<PendingOrder> carried, HashSet<long> stuck)
    {
        if (pending.Skus.Any(stuck.Contains)) { pending.Done.TrySetResult(OrderErrors.StockIsHeld); return; }
        try { await Work([pending], carried); }
#pragma warning disable CA1031 // answered to the one who sent it
        catch (Exception e)
#pragma warning restore CA1031
        {
            if (Dialect.IsLockTimeout(e)) stuck.UnionWith(pending.Skus);
            log.LogError(e, "An order could not be written");
            pending.Done.TrySetException(e);
        }
    }

    /// <summary>A catalogue that changes faster than it is read is held still, so that orders cannot starve behind an import of products.</summary>
    private async Task RefreshHeld(Work work, long[] merchants, List<PendingOrder> drain)
    {
        await work.Query("select version from catalog_versions where merchant_id = any(@merchants) order by merchant_id for share", row => row.Long(), ("merchants", merchants));
        await Refresh(drain);
    }

    private async Task Refresh(List<PendingOrder> drain)
    {
        foreach (long merchant in drain.Select(p => p.Actor.Merchant).Distinct()) await network.Refresh(merchant);
        foreach (var pending in drain.ToList())
        {
            if (!pending.KnowsRankers && (await network.Settings(pending.Actor.Merchant)).Routing.UsesRankers)
            {
                pending.Done.TrySetResult(default(PlacedOutcome));
                drain.Remove(pending);
                continue;
            }
            var again = await PendingOrder.Prepare(pending.Actor, pending.Order.Sent, catalog, network, policies, db, pending.CameAt ?? clock.GetUtcNow(), isFromFile: pending.IsFromFile, source: pending.Source, ranks: pending.Order.Ranks);
            if (again.Error is { } error) { pending.Done.TrySetResult(error); drain.Remove(pending); }
            else pending.Replace(again.Value);
        }
    }

    /// <summary>The connection broke: an order is answered as placed only when it is read back, else the caller must ask again.</summary>
    private async Task AnswerUnknown(List<PendingOrder> drain, bool commitSent)
    {
        HashSet<Guid> stored = [];
        if (commitSent)
        {
            var ids = Rows.Of(drain).Uuid("id", p => p.Id.Value);
            var read = await Db.Guard<HashSet<Guid>>(async () => (await db.ReadAll(work =>
                work.Query("select o.id from @rows r join orders o on o.id = r.id -- house", ids, row => row.Uuid()))).ToHashSet());
            if (read.IsOk) stored = read.Value;
        }
        foreach (var pending in drain)
            pending.Done.TrySetResult(stored.Contains(pending.Id.Value) && pending.Answer is { } answer
                ? new PlacedOutcome(answer, null) : OrderErrors.OutcomeUnknown);
    }
}
