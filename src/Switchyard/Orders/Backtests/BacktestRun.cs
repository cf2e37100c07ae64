using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>
/// A back-test that is going on: reads what happened piece by piece and tells it to the simulation. It keeps nothing anywhere; begun anew it
/// comes to the same.
/// </summary>
internal sealed class BacktestRun
{
    private const int EntriesAtOnce = 2_000, OrdersAtOnce = 250, SkusAtOnce = 500, VelocityDays = 28;

    private sealed record Placed(OrderId Id, long AtMs);

    private readonly Db _db;
    private readonly Actor _actor;
    private readonly PastDecisions _past;
    private readonly BacktestWish _wish;
    private readonly BacktestRules _rules;
    private readonly MerchantSettings _today, _changedToday;
    private readonly RoutingSettings _routing;
    private readonly IReadOnlyList<Placed> _orders;
    private readonly Dictionary<OrderId, int> _places;
    private readonly Dictionary<MerchantSettings, MerchantSettings> _changed = [];
    private readonly Dictionary<OrderId, SimOrder> _ready = [];
    private readonly HashSet<OrderId> _decided = [];
    private readonly HashSet<long> _skus;
    private readonly BacktestSim _sim;
    private readonly List<StockEntry> _entries = [];
    private long _lastEntry;
    private int _nextOrder, _read, _nextEntry;
    private bool _isLedgerOver;
    private (OrderId Order, long AtMs)? _placing;

    private BacktestRun(Db db, Actor actor, PastDecisions past, BacktestWish wish, BacktestRules rules, MerchantSettings today, RoutingSettings routing, RoutingFigures figures,
        IReadOnlyList<Placed> orders, HashSet<long> skus, long lastEntry)
    {
        (_db, _actor, _past, _wish, _rules, _today, _routing, _orders, _skus, _lastEntry) = (db, actor, past, wish, rules, today, routing, orders, skus, lastEntry);
        _places = orders.Index().ToDictionary(o => o.Item.Id, o => o.Index);
        var strategy = rules.Rules is { } own ? RoutingStrategy.Read(rules.Strategy, rules.Number, own).Value : null;
        _sim = new BacktestSim(wish.Change ?? new NetworkChange(), routing, figures, strategy, today);
        _changedToday = Changed(today);
    }

    public int Orders => _orders.Count;
    public int Decided => _decided.Count;
    public BacktestTally Tally => _sim.Tally;
    public BacktestResult Result => _sim.Tally.Result(code => _today.NodesByCode.TryGetValue(Text.Key(code), out var node) ? node.Name : code);

    /// <remarks>Errors: those of <see cref="BacktestRules.Find"/>, routing.backtest_too_large.</remarks>
    public static async Task<Result<BacktestRun>> Open(Db db, Actor actor, NetworkReader network, PastDecisions past, BacktestWish wish)
    {
        var today = await network.Settings(actor.Merchant);
        if (await network.HasMoved(today)) today = await network.Refresh(actor.Merchant);
        var found = await BacktestRules.Find(wish, db, actor);
        if (found.Error is { } error) return error;
        var (from, to) = (wish.From!.Value, wish.To!.Value);
        (string, object?)[] period = [("from", from.ToUnixTimeMilliseconds()), ("to", to.ToUnixTimeMilliseconds())];
        var orders = await db.Read(actor, work => work.Query(
            "select id, placed_at_ms from orders where merchant_id = @merchant and placed_at_ms >= @from and placed_at_ms < @to and is_history = false order by placed_at_ms, id limit @most",
            row => new Placed(new OrderId(row.Uuid()), row.Long()), [.. period, ("most", BacktestWish.MostOrders + 1L)]));
        if (orders.Count > BacktestWish.MostOrders)
            return Error.Unprocessable("routing.backtest_too_large", $"More than {BacktestWish.MostOrders:N0} orders were placed in that time; choose a shorter one.");
        var skus = (await db.Read(actor, work => work.Query(
            """
            select distinct l.sku_id from orders o join order_lines l on l.order_id = o.id and l.merchant_id = @merchant
             where o.merchant_id = @merchant and o.placed_at_ms >= @from and o.placed_at_ms < @to and o.is_history = false and l.sku_id is not null
            """, row => row.Long(), period))).ToHashSet();
        var (lastEntry, sold, traits) = await db.Read(actor, async work => (await StockHistory.LastBefore(work, from), await StockHistory.Sold(work, from.AddDays(-VelocityDays), from), await ProductTraits.Read(work)));
        var routing = today.Routing with { Traits = traits.ToDictionary(t => t.Id, t => new SkuTraits(t.Flags, t.Attributes)) };
        var figures = new RoutingFigures(sold.ToDictionary(s => (s.Sku, s.Node), s => s.Units), new Dictionary<long, long>(), new Dictionary<long, long>());
        var run = new BacktestRun(db, actor, past, wish, found.Value, today, routing, figures, orders, skus, lastEntry);
        foreach (var some in skus.Order().Chunk(SkusAtOnce))
            foreach (var (sku, node, available) in await db.Read(actor, work => StockHistory.AvailableAfter(work, some, lastEntry))) run._sim.Start(sku, node, available);
        return run;
    }

    /// <summary>Goes on until so many orders more are decided, or all are.</summary>
    /// <returns>Those that would go otherwise, and whether that was all.</returns>
    public async Task<(IReadOnlyList<BacktestOrder> Changed, bool IsOver)> Next(int most)
    {
        var changed = new List<BacktestOrder>();
        int until = Math.Min(_orders.Count, _decided.Count + most);
        while (_decided.Count < until)
        {
            var entry = await NextEntry();
            // Orders of which no stock ever moved are decided when their time has come.
            while (_nextOrder < _orders.Count && _decided.Contains(_orders[_nextOrder].Id)) _nextOrder++;
            if (_nextOrder < _orders.Count && (entry is null || _orders[_nextOrder].AtMs < entry.AtMs) && _orders[_nextOrder].Id != entry?.Order)
            {
                await Decide(_orders[_nextOrder].Id, changed);
                continue;
            }
            if (entry is null) break;
            if (await Happened(entry, changed)) _nextEntry++;
        }
        if (_decided.Count < _orders.Count) return (changed, false);
        while (await NextEntry() is { } rest && await Happened(rest, changed)) _nextEntry++;
        return (changed, true);
    }

    private async Task<StockEntry?> NextEntry()
    {
        while (_nextEntry >= _entries.Count && !_isLedgerOver)
        {
            _entries.Clear();
            _nextEntry = 0;
            var page = await _db.Read(_actor, work => StockHistory.After(work, _lastEntry, _wish.To!.Value, EntriesAtOnce));
            _isLedgerOver = page.Count < EntriesAtOnce;
            if (page.Count > 0) _lastEntry = page[^1].Id;
            _entries.AddRange(page.Where(e => _skus.Contains(e.Sku)));
        }
        return _nextEntry < _entries.Count ? _entries[_nextEntry] : null;
    }

    /// <returns>False when an order was decided instead, and the movement comes again.</returns>
    private async Task<bool> Happened(StockEntry entry, List<BacktestOrder> changed)
    {
        bool isOurs = entry.Order is { } id && _places.ContainsKey(id);
        // Sent goods were taken before; from where they went is what is decided anew.
        if (entry.Kind != MovementKind.Sold && entry.Other != 0 || !isOurs) _sim.Move(entry.Sku, entry.Node, isOurs ? entry.Other : entry.Other - entry.Allocated, DateTimeOffset.FromUnixTimeMilliseconds(entry.AtMs));
        if (!isOurs || entry.Kind == MovementKind.Sold || entry.Allocated == 0) return true;
        if (!_decided.Contains(entry.Order!.Value))
        {
            await Decide(entry.Order.Value, changed);
            _placing = (entry.Order.Value, entry.AtMs);
            return true;
        }
        if (_placing != (entry.Order.Value, entry.AtMs) && _orders[_places[entry.Order.Value]].AtMs != entry.AtMs) _sim.Took(entry.Order.Value, entry.Sku, entry.Allocated);
        return true;
    }

    private async Task Decide(OrderId id, List<BacktestOrder> changed)
    {
        if (!_ready.ContainsKey(id)) await Read(_places[id]);
        _decided.Add(id);
        if (_ready.Remove(id, out var order) && _sim.Decide(order) is { } other) changed.Add(other);
    }

    // ---- orders as they were ----------------------------------------------------------------------------------------------

    private async Task Read(int needed)
    {
        while (_read <= needed)
        {
            var some = _orders.Skip(_read).Take(OrdersAtOnce).Select(o => o.Id).ToList();
            _read += some.Count;
            await _db.Read(_actor, async work =>
            {
                foreach (var order in await BacktestOrders.Read(work, some, _today, _past, Changed, _changedToday, Tally)) _ready[order.Order.Id] = order;
                return 0;
            }, snapshot: true);
        }
    }

    private MerchantSettings Changed(MerchantSettings then)
    {
        if (_changed.TryGetValue(then, out var known)) return known;
        var routing = then.Routing with { Places = _today.Routing.Places, Live = _wish.House ? null : then.Routing.Live };
        return _changed[then] = NetworkChanges.Apply(then, _wish.Change ?? new NetworkChange(), _rules.Cards, routing);
    }
}
