using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Exceptions;
using Switchyard.Inventory;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>
/// The drainer of the queue for stock: hands what was set aside to whoever waits longest, frees what nobody can take, and takes
/// claims back that no goods stand behind. It locks orders, then stock, so it may run on any number of processes at once.
/// </summary>
public sealed class ServeWaiting(Db db, Replan replan, Waiting waiting, TimeProvider clock, ILogger<ServeWaiting> log) : BackgroundService
{
    private const string Comes = "Stock has come for those who wait.", Gone = "There are fewer goods than were promised.";
    private const int MostSkus = 500, MostHeads = 100, MostPages = 1_000;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5), Breath = TimeSpan.FromMilliseconds(50);

    /// <summary>What was looked at and could not be bettered, so that it is left alone until it changes.</summary>
    private readonly Dictionary<(long Sku, long Node), string> _tried = [];
    private readonly SemaphoreSlim _turn = new(1);

    /// <param name="Sign">What the place looks like; empty where it must be tried whatever it looks like.</param>
    private sealed record Place(long Merchant, long Sku, long Node, long Units, string Sign);
    private sealed record Page(bool IsOver, (int Priority, long PlacedAtMs, Guid Id) Last);

    /// <summary>Looks once at everything there is to do.</summary>
    /// <returns>What was tried.</returns>
    public Task<int> Handle() => Handle(withStrays: true);

    private async Task<int> Handle(bool withStrays)
    {
        await _turn.WaitAsync();
        try
        {
            int tried = 0;
            foreach (var deficit in await Deficits()) tried += await Try(deficit, WorkOff);
            foreach (var sku in await SetAside()) tried += await Try(sku, Serve);
            if (!withStrays) return tried;
            foreach (var sku in await Strays()) tried += await Try(sku, Serve);
            return tried;
        }
        finally { _turn.Release(); }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        long lookedMs = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            // Strays are few and found by reading the whole queue: not after each commit.
            bool withStrays = Environment.TickCount64 - lookedMs >= Poll.TotalMilliseconds;
            if (withStrays) lookedMs = Environment.TickCount64;
            var (commit, woken) = (db.Pulse.Next, waiting.Next);
            try { await Handle(withStrays); }
#pragma warning disable CA1031 // the process edge: what is thrown past here would stop the server
            catch (Exception e) { log.LogWarning(e, "The queue for stock was not looked at"); }
#pragma warning restore CA1031
            await Task.WhenAny(commit, woken, Task.Delay(Poll, stoppingToken));
            await Task.WhenAny(Task.Delay(Breath, stoppingToken));
        }
    }

    private async Task<int> Try(Place what, Func<Actor, Place, Task> act)
    {
        if (_tried.GetValueOrDefault((what.Sku, what.Node)) == what.Sign) return 0;
        try { await act(Actor.House("system:waiting", what.Merchant), what); }
#pragma warning disable CA1031 // a SKU whose books are wrong keeps no other waiting
        catch (Exception e)
        {
            log.LogError(e, "Stock of SKU {Sku} could not be handed out", what.Sku);
            // For want of a lock or a connection it is tried again though the place looks the same; wrong books stay wrong.
            if (e is not InvariantBrokenException) return 0;
        }
#pragma warning restore CA1031
        if (_tried.Count > 10_000) _tried.Clear();
        if (what.Sign.Length > 0) _tried[(what.Sku, what.Node)] = what.Sign;
        return 1;
    }

    private Task<List<Place>> SetAside() => db.ReadAll(work => work.Query(
        """
        select merchant_id, sku_id, sum(earmarked + case when on_hand - unavailable - allocated - reserved - earmarked - safety > 0
               then on_hand - unavailable - allocated - reserved - earmarked - safety else 0 end)
          from stock where earmarked > 0 group by merchant_id, sku_id order by sku_id limit @most -- house
        """, row => new Place(row.Long(), row.Long(), 0, row.Sum(), ""), ("most", (long)MostSkus)));

    /// <summary>SKUs of which some is free although somebody waits: made free when nobody did, or where nobody could take it.</summary>
    private Task<List<Place>> Strays() => db.ReadAll(work => work.Query(
        """
        select w.merchant_id, w.sku_id, s.units, w.orders, w.units, s.versions, c.version, f.fed, s.lapsed from (
            select merchant_id, sku_id, count(*) as orders, sum(backordered + preordered + unallocated) as units
              from order_lines where backordered + preordered + unallocated > 0 and sku_id is not null group by merchant_id, sku_id) w
          join (select s.sku_id, sum(s.version) as versions, sum(case when s.on_hand - s.unavailable - s.allocated - s.reserved - s.safety > 0
                       then s.on_hand - s.unavailable - s.allocated - s.reserved - s.safety else 0 end) as units,
                       sum(case when s.reserved = 0 then 0 else (select coalesce(sum(i.quantity), 0) from reservation_items i
                           where i.sku_id = s.sku_id and i.node_id = s.node_id and i.is_open and i.expires_at_ms <= @now) end) as lapsed
                  from stock s where not s.is_stopped and exists (select 1 from order_lines l where l.sku_id = s.sku_id and l.backordered + l.preordered + l.unallocated > 0)
                 group by s.sku_id) s on s.sku_id = w.sku_id
          join catalog_versions c on c.merchant_id = w.merchant_id
          cross join (select coalesce(sum(f.fed_at_ms), 0) as fed from stock_feeds f join nodes n on n.id = f.node_id where n.feed_steps <> '[]') f
         where s.units > 0 or s.lapsed > 0 order by w.sku_id limit @most -- house
        """,
        row =>
        {
            var (merchant, sku, units, sign, lapsed) = (row.Long(), row.Long(), row.Sum(), $"{row.Sum()} {row.Sum()} {row.Sum()} {row.Long()} {row.Sum()}", row.Sum());
            // A reservation lapses by the clock and changes no row, so what has lapsed is part of what the place looks like.
            return new Place(merchant, sku, 0, units + lapsed, $"{sign} {lapsed}");
        }, ("most", (long)MostSkus), ("now", clock.GetUtcNow().ToUnixTimeMilliseconds())));

    private Task<List<Place>> Deficits() => db.ReadAll(work => work.Query(
        """
        select merchant_id, sku_id, node_id, version from stock where is_deficit order by merchant_id, sku_id, node_id limit @most -- house
        """, row => new Place(row.Long(), row.Long(), row.Long(), 0, Text.Invariant(row.Long())), ("most", (long)MostSkus)));

    private async Task Serve(Actor actor, Place what)
    {
        var settings = await replan.Settings(actor);
        var wish = new ReplanWish(Comes, Skus: new HashSet<long> { what.Sku }) { IsQueue = true };
        (int, long, Guid)? after = null;
        for (int page = 0; page < MostPages; page++)
        {
            var done = await db.Write<Page>(actor, async work =>
            {
                var now = clock.GetUtcNow();
                var heads = await WaitingSql.Heads(work, what.Sku, after, what.Units, MostHeads);
                var orders = await OpenOrder.LockAll(work, actor, [.. heads.Select(h => new OrderId(h.Id))], now);
                var sheet = await StockSheet.Lock(work, [what.Sku], now);
                sheet.ServeQueue();
                Replan.Run(orders, sheet, settings, wish);
                if (heads.Count == 0)                                   // the end of the queue: what is left nobody can take
                    foreach (var row in sheet.Of(what.Sku)) sheet.TakeEarmarked(row.Sku, row.Node, row.Balance.Earmarked, null);
                await OpenOrder.SaveAll(work, [.. orders.Where(o => o.IsChanged)], sheet);
                bool isOver = heads.Count == 0 || sheet.Of(what.Sku).All(r => r.Balance.Earmarked == 0 && r.Balance.Available <= 0);
                return new Page(isOver, heads.Count == 0 ? default : heads[^1]);
            });
            if (done.Error is { } error) throw new InvalidOperationException(error.Detail);
            if (done.Value.IsOver) return;
            after = done.Value.Last;
        }
    }

    private async Task WorkOff(Actor actor, Place what)
    {
        var settings = await replan.Settings(actor);
        var done = await db.Write<Done>(actor, async work =>
        {
            var now = clock.GetUtcNow();
            var orders = await Replan.LockWithRivals(work, actor, [], [(what.Sku, what.Node)], now);
            var sheet = await StockSheet.Lock(work, [what.Sku], now);
            var losers = Replan.WorkOffDeficits(orders, sheet, [(what.Sku, what.Node)], Gone);
            Replan.Run(losers, sheet, settings, new ReplanWish(Gone, Skus: new HashSet<long> { what.Sku }));
            await OpenOrder.SaveAll(work, losers, sheet);
            long lacking = sheet.Find(what.Sku, what.Node) is { } row ? Replan.Deficit(row) : 0;
            var batch = work.Batch();
            string subject = $"{await WaitingSql.Sku(work, what.Sku)}@{settings.Nodes.First(n => n.Id == what.Node).Code}";
            if (lacking > 0) ExceptionsRoom.Raise(batch, [new Trouble("stock_deficit", subject, $"{lacking} units are promised or in work that are not there.", Sku: what.Sku, Node: what.Node)
                { Says = Saying.Of(Phrase.StockDeficit, ("units", lacking)) }], now);
            else ExceptionsRoom.Mend(batch, [("stock_deficit", subject)], actor, "No more is promised than is there.", now);
            await batch.Run();
            return new Done();
        });
        if (done.Error is { } error) throw new InvalidOperationException(error.Detail);
    }
}
