using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>Why units are planned anew, and what must not be done.</summary>
/// <param name="Reason">One sentence for the log and the customer's clerk.</param>
/// <param name="ExcludedNodes">Nodes that may not serve: one that just said no.</param>
/// <param name="Skus">Only lines of these SKUs; null for all that wait.</param>
public sealed record ReplanWish(string Reason, IReadOnlySet<long>? ExcludedNodes = null, IReadOnlySet<long>? Skus = null)
{
    /// <summary>
    /// These are the heads of the queue: they may take what was set aside for it. Of their lines those that wait unallocated get all they
    /// lack or nothing, since their channel does not sell by parts.
    /// </summary>
    internal bool IsQueue { get; init; }

    /// <summary>Somebody chose to plan anew, nothing had happened: what was told the customer is not made worse.</summary>
    public bool IsChoice { get; init; }
}

/// <summary>What became of one order.</summary>
public sealed record Replanned(OpenOrder Order, long Claimed, long Waiting);

/// <summary>
/// Plans units anew that wait or have lost their goods, by the engine that plans orders, on locked orders and stock. Units that are
/// claimed stay where they are: whoever wants them elsewhere gives them up first.
/// </summary>
public sealed class Replan(NetworkReader network)
{
    private const int MostRivals = 200;

    /// <summary>Nodes, lanes and channels as they are now; asked for before the transaction.</summary>
    public async Task<MerchantSettings> Settings(Actor actor)
    {
        var settings = await network.Settings(actor.Merchant);
        return await network.HasMoved(settings) ? await network.Refresh(actor.Merchant) : settings;
    }

    /// <summary>
    /// Locks these orders and those with idle claims on the rows, whose claims may have to give way: the least urgent and youngest of
    /// them. An own order that the actor may not see is left out, rivals are never.
    /// </summary>
    public static async Task<IReadOnlyList<OpenOrder>> LockWithRivals(Work work, Actor actor, IReadOnlyCollection<OrderId> own,
        IReadOnlyList<(long Sku, long Node)> rows, DateTimeOffset now)
    {
        var rivals = await Rivals(work, rows);
        var locked = await OpenOrder.LockAll(work, actor with { Nodes = null }, [.. own, .. rivals], now);
        if (actor.Nodes is null) return locked;
        var mine = own.ToHashSet();
        return [.. locked.Where(o => !mine.Contains(o.Id) || o.Lines.Any(l => l.Claims.Keys.Any(actor.MaySeeNode)))];
    }

    /// <summary>
    /// Where there are more claims than goods, idle claims of the least urgent and youngest of these orders are given up until there are
    /// not, or nothing idle is left. What is given up is unallocated; <see cref="Run"/> plans it anew.
    /// </summary>
    /// <returns>The orders that lost units.</returns>
    public static IReadOnlyList<OpenOrder> WorkOffDeficits(IReadOnlyList<OpenOrder> orders, StockSheet sheet, IEnumerable<(long Sku, long Node)> rows, string reason)
    {
        var losers = new List<OpenOrder>();
        foreach (var (sku, node) in rows.Distinct().Order())
        {
            if (sheet.Find(sku, node) is not { } row) continue;
            foreach (var order in orders.OrderDescending(ByQueue))
                foreach (var line in order.Lines.Where(l => l.SkuId == sku).OrderByDescending(l => l.LineNo))
                {
                    long units = Math.Min(Deficit(row), line.ClaimAt(node).Idle);
                    if (units <= 0) continue;
                    order.GiveUp(line, LineBucket.Allocated, LineBucket.Unallocated, node, units, sheet, reason);
                    if (!losers.Contains(order)) losers.Add(order);
                }
        }
        return losers;
    }

    /// <summary>Units claimed at a row that are not there.</summary>
    public static long Deficit(StockRow row) => Math.Max(0, row.Balance.Allocated + row.Balance.Unavailable - row.Balance.OnHand);

    /// <summary>
    /// Gives the units of these orders that wait what stock there is, in the order of the queue. What finds none is backordered where
    /// SKU or channel allow it, else it stays unallocated with a hold on the line.
    /// </summary>
    /// <returns>One entry for each order that had something waiting.</returns>
    public static IReadOnlyList<Replanned> Run(IReadOnlyList<OpenOrder> orders, StockSheet sheet, MerchantSettings settings, ReplanWish wish)
    {
        var open = new List<(OpenOrder Order, WaitingOrder Waits, OrderRoutes Routes)>();
        foreach (var order in orders.Where(o => o.State is OrderState.Placed or OrderState.Confirmed))
        {
            var lines = order.Lines.Where(l => l.HoldsStock && l.SkuId is { } sku && l.Waiting > 0 && wish.Skus?.Contains(sku) != false && !order.IsBarred(l)).ToList();
            if (lines.Count == 0) continue;
            var routes = OrderRoutes.To(order, settings, Excluded(order, wish));
            // What is collected and what is sent wait each for itself.
            foreach (var way in lines.GroupBy(l => routes.For(l.LineNo)))
                open.Add((order, new WaitingOrder(order.Id.Value, order.Priority, order.PlacedAtMs,
                    [.. way.Select(l => new WaitingLine(l.LineNo, l.SkuId!.Value, l.Waiting, l.WeightGrams, wish.IsQueue && l[LineBucket.Unallocated] > 0))],
                    way.Key.With([]), way.Key.Buffer, way.Key.SplitPenaltyMinor)
                { Router = way.Key.Router, Limit = way.Key.Limit(sheet, order.Id.Value, order.CustomerTags) }, routes));
        }
        var stock = Stock(open.SelectMany(o => o.Waits.Lines).Select(l => l.Sku).Distinct(), sheet, settings, wish.IsQueue);
        var shares = WaitingQueue.Serve(open.Select(o => o.Waits), stock).ToDictionary(s => (object)s.Order, ReferenceEqualityComparer.Instance!);
        sheet.ForgetPlans();
        var done = new List<Replanned>(open.Count);
        foreach (var ways in open.GroupBy(o => o.Order))
        {
            var (order, routes) = (ways.Key, ways.First().Routes);
            var given = ways.Select(w => shares.GetValueOrDefault(w.Waits)).OfType<QueueShare>().ToList();
            foreach (var share in given) Take(order, share, routes, sheet, wish);
            foreach (var waiting in ways.SelectMany(w => w.Waits.Lines)) Settle(order, order.Line(waiting.LineNo)!, settings, wish);
            var shipments = given.SelectMany(g => g.Plan.Shipments).ToList();
            Date(order, Excluded(order, wish) is null ? routes : OrderRoutes.To(order, settings), shipments.SelectMany(s => s.Parts.Select(p => ((p.Line, s.NodeId), (string?)s.Service))), wish);
            done.Add(new Replanned(order, shipments.Sum(s => s.Parts.Sum(p => p.Quantity)), ways.Sum(w => w.Waits.Lines.Sum(l => order.Line(l.LineNo)!.Waiting))));
        }
        return done;
    }

    // The queue may promise goods where the order was refused: else they would be sold past it. They are not given out there by themselves.
    private static IReadOnlySet<long>? Excluded(OpenOrder order, ReplanWish wish) => order.RefusedBy.Count == 0 || wish.IsQueue ? wish.ExcludedNodes
        : wish.ExcludedNodes is null ? order.RefusedBy : order.RefusedBy.Union(wish.ExcludedNodes).ToHashSet();

    /// <summary>Units of an order were given to other nodes by somebody's choice: its dates are worked out anew.</summary>
    public static void DateMoved(OpenOrder order, MerchantSettings settings, IEnumerable<(int Line, long Node)> to, string reason) =>
        Date(order, OrderRoutes.To(order, settings), to.Select(t => (t, order.Dates?.Parts.FirstOrDefault(p => p.Service is not null && p.Lines.Contains(t.Line))?.Service)),
            new ReplanWish(reason) { IsChoice = true });

    private static void Date(OpenOrder order, OrderRoutes routes, IEnumerable<((int Line, long Node) Place, string? Service)> planned, ReplanWish wish) =>
        order.Renew(PromiseMaking.Renewed(order, routes, planned.DistinctBy(p => p.Place).ToDictionary(p => p.Place, p => p.Service)), wish.Reason, wish.IsChoice);

    private static Comparer<OpenOrder> ByQueue { get; } = Comparer<OpenOrder>.Create((a, b) =>
        WaitingQueue.Compare((a.Priority, a.PlacedAtMs, a.Id.Value), (b.Priority, b.PlacedAtMs, b.Id.Value)));

    private static Dictionary<(long Sku, long Node), long> Stock(IEnumerable<long> skus, StockSheet sheet, MerchantSettings settings, bool withEarmarked) =>
        skus.SelectMany(sheet.Of).ToDictionary(r => (r.Sku, r.Node), r => sheet.Sellable(r, settings) + (withEarmarked ? r.Balance.Earmarked : 0));

    private static void Take(OpenOrder order, QueueShare share, OrderRoutes routes, StockSheet sheet, ReplanWish wish)
    {
        var plan = share.Plan;
        foreach (var shipment in plan.Shipments)
            foreach (var part in shipment.Parts)
            {
                var line = order.Line(part.Line)!;
                if (wish.IsQueue) sheet.TakeEarmarked(line.SkuId!.Value, shipment.NodeId, part.Quantity, order.Id.Value);
                long left = part.Quantity;
                foreach (var bucket in (ReadOnlySpan<LineBucket>)[LineBucket.Unallocated, LineBucket.Backordered, LineBucket.Preordered])
                {
                    long units = Math.Min(left, line[bucket]);
                    if (units == 0) continue;
                    order.Claim(line, bucket, shipment.NodeId, units, sheet, wish.Reason);
                    left -= units;
                }
                Must.Hold(left == 0, $"line {line.LineNo} is given no more than it waits for");
                Must.Hold(sheet.Find(line.SkuId!.Value, shipment.NodeId)!.Balance.Available >= 0, $"sku {line.SkuId} at node {shipment.NodeId} is not promised twice");
            }
        order.StorePlan(StockPromise.ToJson(plan, routes.Code, wish.Reason, share.Routing), routes.Seen(share.Input));
        order.Tell("OrderReplanned", new
        {
            allocated = plan.Shipments.SelectMany(s => s.Parts.Select(p => new object[] { p.Line, routes.Code(s.NodeId), p.Quantity })),
            waiting = order.Lines.Where(l => l.HoldsStock).Sum(l => l.Waiting),
        }, wish.Reason);
    }

    /// <summary>What still waits on a line is backordered or held; a hold for want of stock ends when nothing wants it any more.</summary>
    private static void Settle(OpenOrder order, OpenLine line, MerchantSettings settings, ReplanWish wish)
    {
        var held = order.Holds.FirstOrDefault(h => h.Kind == "stock" && h.LineNo == line.LineNo);
        long lacking = line[LineBucket.Unallocated];
        if (lacking > 0 && held is null && MayWait(line, settings.Channels.Values.First(c => c.Id == order.Channel).OnShort))
            order.Move(line, LineBucket.Unallocated, LineBucket.Backordered, lacking);
        else if (lacking > 0 && held is null)
        {
            order.Hold("stock", $"{lacking} of {line.Quantity} {line.Sku} cannot be promised.", line.LineNo, says: StockPromise.ShortOf(lacking, line.Quantity, line.Sku));
            order.Raise("cannot_replan", $"Order {order.Number}: {lacking} {line.Sku} lost their goods and no other place has them. {wish.Reason}",
                Saying.Of(Phrase.CannotReplan, ("number", order.Number), ("units", lacking), ("sku", line.Sku)));
        }
        else if (lacking == 0 && held is not null)
        {
            order.CloseHold(held, wish.Reason);
            if (!order.Holds.Any(h => h.Kind == "stock")) order.Mend("cannot_replan", "The goods are there.");
            order.ConfirmIfFree();
        }
    }

    private static bool MayWait(OpenLine line, string onShort) => line.Backorder == "yes" || line.Backorder is null && onShort == "backorder";

    // Read without a lock, since orders are locked before stock: whoever changes them meanwhile is judged again under the lock.
    private static async Task<List<OrderId>> Rivals(Work work, IReadOnlyList<(long Sku, long Node)> rows) => await work.Query(
        """
        select id from (
            select a.order_id as id, row_number() over (partition by a.sku_id, a.node_id order by o.priority, o.placed_at_ms desc, o.id desc) as place
              from @rows r join allocations a on a.sku_id = r.sku_id and a.node_id = r.node_id join orders o on o.id = a.order_id
             where a.merchant_id = @merchant and o.merchant_id = @merchant and a.quantity > a.in_work) c
         where place <= @most group by id
        """, Rows.Of(rows.Distinct().ToList()).Long("sku_id", r => r.Sku).Long("node_id", r => r.Node), row => new OrderId(row.Uuid()), ("most", (long)MostRivals));
}
