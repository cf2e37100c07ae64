using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Inventory;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>Units of a line that a customer brings back.</summary>
/// <param name="IsDamaged">They cannot be sold again: they lie there and are not promised.</param>
public sealed record BackLine(int Line, long Units, bool IsDamaged);

/// <param name="Quantity">Units of it that can still come back.</param>
public sealed record BackLeft(int Line, string Sku, string? Name, long Quantity);

/// <summary>What was paid for the units of a line that came back, minor units.</summary>
/// <param name="PaidMinor">With its tax. The shares of a line add up to what was paid for it, however often part of it comes back.</param>
/// <param name="TaxMinor">Of that, tax.</param>
public sealed record BackMoney(int Line, long Units, long PaidMinor, long TaxMinor);

/// <summary>Goods of an order come back over a counter: the units count as returned and lie at that node again. A bundle comes back as a whole, with its components.</summary>
public static class GoodsBack
{
    private const string Left = "case l.kind when 'bundle' then l.quantity - l.cancelled else l.delivered + l.shipped end - l.returned - l.written_off";

    /// <param name="Requested">Units of <paramref name="Left"/> that are announced already.</param>
    private sealed record Counts(int LineNo, long Returned, long Requested, long Left);

    /// <summary>A line that takes part: named, or a component of a bundle that was.</summary>
    private sealed record Part(OpenLine Line, long Units, bool IsDamaged, bool IsNamed);

    /// <summary>The lines of an order of which something may come back, and how much. A bundle's components are not looked at.</summary>
    public static Task<List<BackLeft>> Of(Work work, OrderId order) => work.Query(
        $"""
        select l.line_no, l.sku, l.name, {Left} from order_lines l
         where l.merchant_id = @merchant and l.order_id = @order and l.parent_line_no is null and (l.kind = 'bundle' or l.kind = 'goods' and l.sku_id is not null) order by l.line_no
        """, row => new BackLeft(row.Int(), row.Text(), row.TextOrNull(), Math.Max(0, row.Long())), ("order", order.Value));

    /// <param name="lines">Null: all that can still come back.</param>
    /// <param name="sheet">With the rows of all of the order's SKUs at the node.</param>
    /// <returns>What was paid for these units, line by line.</returns>
    /// <remarks>The order and the stock are locked, and saved by the caller. Errors: orders.no_such_line, orders.not_that_many_back, orders.nothing_to_bring_back.</remarks>
    public static async Task<Result<IReadOnlyList<BackMoney>>> Take(Work work, OpenOrder order, IReadOnlyList<BackLine>? lines, long node, StockSheet sheet, Actor actor, DateTimeOffset at, string reference, string? reason)
    {
        var counts = await CountsOf(work, order);
        var asked = lines ?? [.. order.Lines.Where(l => l.ParentLineNo is null && l.Kind is LineKind.Goods or LineKind.Bundle && counts[l.LineNo].Left > 0).Select(l => new BackLine(l.LineNo, counts[l.LineNo].Left, false))];
        if (asked.Count == 0) return Error.Conflict("orders.nothing_to_bring_back", "Nothing of this order can come back any more.");
        var said = PartsOf(order, asked, counts, isAnnounced: false);
        if (said.Error is { } refused) return refused;
        var parts = said.Value;
        // What was announced is here now, whether or not whoever brings it says so.
        var announced = await ExpectedReturns.Came(work, order,
            [.. parts.Where(p => p.IsNamed && counts[p.Line.LineNo].Requested > 0).Select(p => (p.Line.LineNo, Math.Min(p.Units, counts[p.Line.LineNo].Requested)))], at);

        await work.Execute(
            """
            update order_lines set returned = returned + r.units from @rows r
             where order_lines.order_id = @order and order_lines.line_no = r.line_no and order_lines.merchant_id = @merchant
            """, Rows.Of(parts).Int("line_no", p => p.Line.LineNo).Long("units", p => p.Units), ("order", order.Id.Value));
        foreach (var part in parts.Where(p => p.Line.HoldsStock && p.Units > 0))
            sheet.Move(part.Line.SkuId!.Value, node, new Buckets { OnHand = part.Units, Unavailable = part.IsDamaged ? part.Units : 0 },
                new Movement(MovementKind.Restocked, actor.Id, order.Id.Value, reference, reason, at));
        // Told late: whoever counted the shelf after they came back counted them already.
        foreach (var part in parts.Where(p => p.Line.HoldsStock && p.Units > 0))
            if (sheet.Find(part.Line.SkuId!.Value, node) is { CountedAtMs: { } counted } && counted > at.ToUnixTimeMilliseconds())
                sheet.Move(part.Line.SkuId!.Value, node, new Buckets { OnHand = -part.Units }, new Movement(MovementKind.Adjusted, actor.Id, order.Id.Value, reference, "It was counted after it came back."));
        order.Tell("GoodsReturned", new { nodeId = node, reference, returns = announced, lines = parts.Where(p => p.IsNamed).Select(p => new { line = p.Line.LineNo, quantity = p.Units, damaged = p.IsDamaged }) }, reason);
        return parts.Where(p => p.IsNamed).Select(p =>
        {
            var money = p.Line.Billing;
            long before = counts[p.Line.LineNo].Returned;
            long share(long whole) => Share(whole, before + p.Units, money.Units) - Share(whole, before, money.Units);
            return new BackMoney(p.Line.LineNo, p.Units, share(money.TotalMinor + (order.PricesIncludeTax ? 0 : money.TaxMinor)), share(money.TaxMinor));
        }).ToList();
    }

    /// <summary>Why these units cannot be announced to come back; null: they can.</summary>
    /// <remarks>The order is locked. Errors: orders.no_such_line, orders.not_that_many_back.</remarks>
    internal static async Task<Error?> Refusal(Work work, OpenOrder order, IReadOnlyList<BackLine> lines) => PartsOf(order, lines, await CountsOf(work, order), isAnnounced: true).Error;

    private static async Task<Dictionary<int, Counts>> CountsOf(Work work, OpenOrder order) => (await work.Query(
        $"select l.line_no, l.returned, l.return_requested, {Left} from order_lines l where l.merchant_id = @merchant and l.order_id = @order",
        row => new Counts(row.Int(), row.Long(), row.Long(), row.Long()), ("order", order.Id.Value))).ToDictionary(c => c.LineNo);

    /// <param name="isAnnounced">They are announced: units that were announced before are not announced again. When goods come, it does not matter.</param>
    private static Result<List<Part>> PartsOf(OpenOrder order, IReadOnlyList<BackLine> asked, Dictionary<int, Counts> counts, bool isAnnounced)
    {
        var parts = new List<Part>();
        for (int i = 0; i < asked.Count; i++)
        {
            var line = order.Line(asked[i].Line);
            if (line is null || line.ParentLineNo is not null || line.Kind is not (LineKind.Goods or LineKind.Bundle) || line.Kind == LineKind.Goods && line.SkuId is null)
                return Error.Invalid([new FieldError($"/lines/{i}/line", "orders.no_such_line", $"The order has no line {asked[i].Line} that could come back.")]);
            List<Part> own = [new Part(line, asked[i].Units, asked[i].IsDamaged, true)];
            if (line.Kind == LineKind.Bundle)
                own.AddRange(order.Lines.Where(l => l.ParentLineNo == line.LineNo && l.SkuId is not null).Select(l => new Part(l, checked(asked[i].Units * (l.Quantity / line.Quantity)), asked[i].IsDamaged, false)));
            long left = own.Min(p => p.Units == 0 ? long.MaxValue : p.Line.Kind == LineKind.Bundle || p.IsNamed ? counts[p.Line.LineNo].Left : counts[p.Line.LineNo].Left / (p.Line.Quantity / line.Quantity));
            if (isAnnounced) left -= counts[line.LineNo].Requested;
            if (asked[i].Units > left || asked.Take(i).Any(a => a.Line == asked[i].Line))
                return Error.Conflict("orders.not_that_many_back", $"{Math.Max(0, left)} units of {line.Sku} can still come back.", new FieldError($"/lines/{i}/quantity", "orders.not_that_many_back", $"At most {Math.Max(0, left)}."));
            parts.AddRange(own);
        }
        return parts;
    }

    // Of an amount for all units of a line, what is of the first so many.
    private static long Share(long whole, long units, long all) => all == 0 ? 0 : (long)((Int128)whole * Math.Min(units, all) / all);
}
