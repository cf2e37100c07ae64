using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Fulfilment;
using Switchyard.Http;
using Switchyard.Inventory;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>
/// Cancels an order, or some units of it, and gives back what these had claimed. Where a node has begun it is asked to stop, and what was
/// wanted is done once the goods are back; what has left is refused.
/// </summary>
public static class CancelOrder
{
    /// <param name="Lines">Only these units; all of the order when absent.</param>
    /// <param name="Remaining">Of an order part of which has left: cancel what is still here.</param>
    public sealed record Request(string? Reason, IReadOnlyList<LineUnits?>? Lines = null, bool? Remaining = null);

    /// <param name="Quantity">Units to cancel.</param>
    public sealed record LineUnits(int Line, long Quantity);

    /// <summary>How far a cancel came: done at once, or a node was asked and it completes when the node has answered.</summary>
    internal enum Outcome { Done, Asked }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/orders/{id}/cancel", async (string id, Request? body, Actor actor, TimeProvider clock, FindOrder find) =>
            {
                var outcome = Outcome.Done;
                var view = await Handle(id, body ?? new Request(null), actor, clock, find, told => outcome = told);
                if (view is { IsOk: true, IsReplay: true } && body?.Remaining != true && WasAsked(view.Value, body?.Lines)) outcome = Outcome.Asked;
                return view.ToHttp(outcome == Outcome.Asked ? StatusCodes.Status202Accepted : StatusCodes.Status200OK);
            })
            .Requires(Permission.OrdersCancel).WithName("orders.cancel").WithSummary("Cancel an order").WithTags("Orders")
            .WithDescription("200: done. 202: a warehouse, store or 3PL has begun and was asked to stop; the order changes when it has answered.")
            .Produces<OrderView>().Produces<OrderView>(202).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);

    /// <remarks>Errors: orders.not_found, orders.cannot_cancel, orders.no_such_line, orders.part_of_bundle.</remarks>
    internal static Task<Result<OrderView>> Handle(string id, Request body, Actor actor, TimeProvider clock, FindOrder find, Action<Outcome> told)
    {
        if (Form(body) is { } faults) return Task.FromResult<Result<OrderView>>(faults);
        if (!OrderId.TryParse(id, null, out var orderId)) return Task.FromResult<Result<OrderView>>(OrderErrors.NotFound(id));
        return find.AfterChange(actor, orderId, async work =>
        {
            var cancelled = await Change(work, actor, orderId, body, clock.GetUtcNow());
            if (cancelled.Error is { } error) return error;
            told(cancelled.Value);
            return new Done();
        });
    }

    /// <summary>Does an order, as it was answered when this was to be cancelled, show that a node was only asked? Then less is cancelled of it than was wanted.</summary>
    internal static bool WasAsked(OrderView answered, IReadOnlyList<LineUnits?>? lines) => lines is null ? answered.State != "cancelled"
        : lines.Any(l => l is not null && answered.Lines.FirstOrDefault(a => a.Line == l.Line)?.Cancelled < l.Quantity);

    internal static async Task<Result<Done>> Change(Work work, Actor actor, OrderId id, string? reason, DateTimeOffset now)
    {
        var cancelled = await Change(work, actor, id, new Request(reason), now);
        return cancelled.Error is { } error ? error : new Done();
    }

    private static async Task<Result<Outcome>> Change(Work work, Actor actor, OrderId id, Request wish, DateTimeOffset now)
    {
        var order = await OpenOrder.Lock(work, actor, id, now);
        if (order is null) return OrderErrors.NotFound(id.ToString());
        var outcome = await Cancel(work, order, wish, now);
        if (outcome.Error is { } error) return error;
        await order.Save(work, outcome.Value.Sheet);
        return outcome.Value.Outcome;
    }

    /// <summary>Cancels what is wanted of an order under lock; the caller saves it with the sheet.</summary>
    internal static async Task<Result<(Outcome Outcome, StockSheet Sheet)>> Cancel(Work work, OpenOrder order, Request wish, DateTimeOffset now)
    {
        if (!OrderStates.Allowed.Allows(order.State, OrderState.Cancelled)) return OrderErrors.CannotCancel(order.State);
        bool hasLeft = order.Lines.Exists(l => l.HasLeft), isWhole = wish.Lines is null;
        if (isWhole && hasLeft && wish.Remaining != true) return OrderErrors.HandedOver(order);
        var units = isWhole ? order.Lines.Where(l => l.HoldsStock && l.Free + l.InWork > 0).ToDictionary(l => l.LineNo, l => l.Free + l.InWork) : null;
        if (units is null)
        {
            var asked = Units(order, wish.Lines!);
            if (asked.Error is { } error) return error;
            units = asked.Value;
        }
        if (units.Values.All(u => u == 0)) return OrderErrors.HandedOver(order);

        var stops = units.Select(u => (u.Key, Units: u.Value - order.Line(u.Key)!.Free)).Where(s => s.Units > 0).ToDictionary(s => s.Key, s => s.Units);
        var stopped = stops.Count == 0 ? null
            : await StopWork.Ask(work, order, isWhole && !hasLeft ? null : stops, wish.Reason ?? "The order was cancelled.", now,
                isWhole ? StopWish.CancelOrder : new StopWish("cancelUnits", stops));
        if (stopped?.IsRefused == true) return OrderErrors.HandedOver(order);
        var sheet = await OpenOrder.LockStock(work, [order], now);
        foreach (var (line, wanted) in units.Select(u => (order.Line(u.Key)!, u.Value)))
            if (Math.Min(wanted, line.Free) is > 0 and var free) order.TakeOff(line, free, sheet, wish.Reason);
        if (order.Lines.Where(l => l.HoldsStock).All(l => l[LineBucket.Cancelled] == l.Quantity)) End(order, wish.Reason);
        else Note(order, wish, units, stopped?.IsAsked == true);
        return (stopped?.IsAsked == true ? Outcome.Asked : Outcome.Done, sheet);
    }

    /// <summary>Cancels all of an order under lock on which nobody works; the reason why not, when it cannot be.</summary>
    internal static Error? Whole(OpenOrder order, StockSheet sheet, string? reason)
    {
        if (!OrderStates.Allowed.Allows(order.State, OrderState.Cancelled)) return OrderErrors.CannotCancel(order.State);
        if (order.Lines.Exists(l => l.HasLeft)) return OrderErrors.HandedOver(order);
        if (order.Lines.Exists(l => l.InWork > 0)) return OrderErrors.InWork();
        order.CancelIdle(sheet, reason);
        End(order, reason);
        return null;
    }

    internal static object CancelledPayload(OpenOrder order, long units) => new
    {
        channelId = order.Channel,
        currency = order.Currency,
        totalMinor = order.TotalMinor,
        units,
        placedAtMs = order.PlacedAtMs,
        channelTaxMinor = order.ChannelTaxMinor,
    };

    private static void End(OpenOrder order, string? reason)
    {
        order.MoveTo(OrderState.Cancelled);
        order.CloseAllHolds("The order was cancelled.");
        order.Tell("OrderCancelled", CancelledPayload(order, order.Lines.Where(l => l.HoldsStock).Sum(l => l.WantedBefore)), reason);
    }

    private static void Note(OpenOrder order, Request wish, Dictionary<int, long> units, bool isAsked)
    {
        foreach (var hold in order.Holds.Where(h => h.LineNo is { } no && h.FulfilmentId is null && order.Line(no) is { HoldsStock: true } line && line.Quantity == line[LineBucket.Cancelled]).ToList())
            order.CloseHold(hold, "The line was cancelled.");
        order.Tell(isAsked ? "OrderCancelAsked" : "OrderUnitsCancelled", new { lines = units.Select(u => new { line = u.Key, quantity = u.Value }) }, wish.Reason);
        order.ConfirmIfFree();
    }

    /// <summary>What is wanted in units of goods and components; a bundle goes with its parts.</summary>
    private static Result<Dictionary<int, long>> Units(OpenOrder order, IReadOnlyList<LineUnits?> wanted)
    {
        var faults = new List<FieldError>();
        var units = new Dictionary<int, long>();
        foreach (var (i, ask) in wanted.Index())
        {
            var line = order.Line(ask!.Line);
            if (line is null or { Kind: LineKind.Charge }) faults.Add(new FieldError($"/lines/{i}/line", "orders.no_such_line", "The order has no such line of goods."));
            else if (line.Kind == LineKind.Component) faults.Add(new FieldError($"/lines/{i}/line", "orders.part_of_bundle", $"{line.Sku} is part of the bundle on line {line.ParentLineNo}; cancel that."));
            else
                foreach (var part in line.HoldsStock ? [line] : order.PartsOf(line).ToList())
                {
                    long less = line.HoldsStock ? ask.Quantity : ask.Quantity * (part.Quantity / line.Quantity), possible = part.Free + part.InWork;
                    if (less > possible) return OrderErrors.HandedOver(order, new FieldError($"/lines/{i}/quantity", "orders.cannot_cancel", $"{part.Sku}: {possible} of {less} units can still be cancelled."));
                    units[part.LineNo] = less;
                }
        }
        return faults.Count > 0 ? Error.Invalid(faults) : units;
    }

    internal static Error? Form(Request body)
    {
        var checks = new Checks();
        checks.Text(body.Reason, "/reason", 500);
        if (body.Lines is not null) checks.That(body.Lines.Count is > 0 and <= PlaceOrder.MostLines, "/lines", "field.out_of_range", $"Name 1 to {PlaceOrder.MostLines} lines.");
        var seen = new HashSet<int>();
        foreach (var (i, line) in (body.Lines ?? []).Take(PlaceOrder.MostLines).Index())
        {
            if (line is null) { checks.Fault($"/lines/{i}", "field.required", "Units of a line must be an object."); continue; }
            checks.Quantity(line.Quantity, $"/lines/{i}/quantity");
            checks.That(seen.Add(line.Line), $"/lines/{i}/line", "edit.line_twice", $"Line {line.Line} is named twice.");
        }
        return checks.AnyFault ? checks.ToError() : null;
    }
}
