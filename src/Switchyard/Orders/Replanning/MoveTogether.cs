using System.Text.Json;
using System.Text.Json.Nodes;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>
/// Makes moves that belong together, all or none, in one transaction: orders are locked, then stock, and each is judged again. Whatever has
/// changed since it was planned lets the group pass; the next run sees it as it is then.
/// </summary>
internal sealed class MoveTogether(Db db, Actor actor, MerchantSettings settings, ReplanBegun run, TimeProvider clock)
{
    private const string Reason = "It costs less from here, decided together with the other orders that wait.";

    private sealed record Moving(OpenOrder Order, JointMove Move, IReadOnlyList<(OpenLine Line, long Node, long More)> Changes);

    /// <param name="OrdersMoved">Orders that were moved: all or none.</param>
    public sealed record Outcome(int OrdersMoved, bool IsTurnLost = false);

    /// <param name="seen">The orders as they were planned, by their number.</param>
    public async Task<Outcome> Make(IReadOnlyList<JointMove> group, IReadOnlyDictionary<long, OpenOrder> seen)
    {
        var done = await db.Write<Outcome>(actor, async work =>
        {
            var now = clock.GetUtcNow();
            if (!await ReplanRuns.Hold(work, run.Fence, now)) return new Outcome(0, IsTurnLost: true);
            if (await work.Scalar("select version from catalog_versions where merchant_id = @merchant") != settings.Version) return new Outcome(0);
            var locked = (await OpenOrder.LockAll(work, actor, [.. group.Select(m => seen[m.Order.No].Id)], now)).ToDictionary(o => o.Id);
            var moving = group.Select(m => Still(locked.GetValueOrDefault(seen[m.Order.No].Id), m, seen[m.Order.No])).OfType<Moving>().ToList();
            if (moving.Count < group.Count) return new Outcome(0);
            var sheet = await OpenOrder.LockStock(work, moving.Select(m => m.Order), now);
            if (!Fits(moving, sheet)) return new Outcome(0);
            var before = Rows(moving, sheet).ToDictionary(r => (r.Sku, r.Node), r => r.Balance.Available);
            foreach (var move in moving) GiveUp(move, sheet);
            foreach (var move in moving) Take(move, sheet);
            foreach (var row in Rows(moving, sheet))
                Must.Hold(row.Balance.Available >= Math.Min(0, before[(row.Sku, row.Node)]), $"sku {row.Sku} at node {row.Node} is not promised twice");
            await OpenOrder.SaveAll(work, [.. moving.Select(m => m.Order).OrderBy(o => o.Id.Value)], sheet);
            await ReplanRuns.Keep(work, run.Run, isDry: false, [.. moving.Select(m => (m.Order.Id, m.Move))], Code);
            return new Outcome(moving.Count);
        });
        return done.Error is { } error ? error.Kind is ErrorKind.Conflict or ErrorKind.Busy ? new Outcome(0) : throw new InvalidOperationException(error.Detail) : done.Value;
    }

    private string Code(long node) => settings.NodesById[node].Code;

    /// <summary>The move as it can still be made; null when the order is another one now, or would be late.</summary>
    private Moving? Still(OpenOrder? order, JointMove move, OpenOrder seen)
    {
        if (order is null || order.Version != seen.Version || IdleOrders.Of(order, settings, move.Order.No) is not { } idle || !idle.IsKept(move.Plan.Plan)) return null;
        var more = move.To.Select(p => (p.Line, p.Node, p.Units)).Concat(idle.Places.Select(p => (p.Line, p.Node, Units: -p.Units)))
            .GroupBy(p => (p.Line, p.Node)).Select(g => (Line: order.Line(g.Key.Line)!, g.Key.Node, More: g.Sum(p => p.Units))).Where(c => c.More != 0).ToList();
        return more.Count == 0 ? null : new Moving(order, move, more);
    }

    // Shares of channels are counted over all nodes, so moving from node to node leaves them as they are.
    private bool Fits(List<Moving> moving, StockSheet sheet) => moving.SelectMany(m => m.Changes).GroupBy(c => (Sku: c.Line.SkuId!.Value, c.Node))
        .All(g => g.Sum(c => c.More) is var more && (more <= 0 || sheet.Find(g.Key.Sku, g.Key.Node) is { } row && sheet.Sellable(row, settings) >= more));

    private static List<StockRow> Rows(List<Moving> moving, StockSheet sheet) =>
        [.. moving.SelectMany(m => m.Changes).Select(c => (Sku: c.Line.SkuId!.Value, c.Node)).Distinct().Select(c => sheet.Find(c.Sku, c.Node)!)];

    private static void GiveUp(Moving move, StockSheet sheet)
    {
        foreach (var (line, node, more) in move.Changes.Where(c => c.More < 0)) move.Order.GiveUp(line, LineBucket.Allocated, LineBucket.Unallocated, node, -more, sheet, Reason);
    }

    private void Take(Moving move, StockSheet sheet)
    {
        var (order, plan) = (move.Order, move.Move.Plan);
        foreach (var (line, node, more) in move.Changes.Where(c => c.More > 0))
            order.Claim(line, LineBucket.Unallocated, node, more, sheet, Reason);
        Must.Hold(order.Lines.All(l => l.Waiting == 0), $"order {order.Number} is moved as a whole");
        order.StorePlan(PlanOf(move.Move));
        order.Tell("OrderReplanned", new
        {
            allocated = plan.Plan.Shipments.SelectMany(s => s.Parts.Select(p => new object[] { p.Line, Code(s.NodeId), p.Quantity })),
            waiting = 0,
            before = move.Move.Order.Places.Select(p => new object[] { p.Line, Code(p.Node), p.Units }),
            replan = run.Run.ToString(),
            says = Saying.CodeOf(Phrase.MovedTogether),
        }, Reason);
        var redated = move.Move.Order.Redated(plan.Plan).ToDictionary(p => p.Key, p => (string?)p.Value);
        order.RenewQuietly(PromiseMaking.Renewed(order, OrderRoutes.To(order, settings), redated), Reason);
    }

    /// <summary>Why here: the plan, with what it cost before and in which run it was decided.</summary>
    private string PlanOf(JointMove move)
    {
        var told = PlanText.Of(move.Plan.Plan, move.Plan.Routing, Code);
        told.Insert(0, "reason", Reason);
        told["replan"] = JsonSerializer.SerializeToNode(new
        {
            run = run.Run,
            costBeforeMinor = move.BeforeMinor,
            costAfterMinor = move.AfterMinor,
            before = ReplanRuns.Before(move, Code),
        }, Json.Options);
        return told.ToJsonString(Json.Options);
    }
}
