using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>That one order came out of another.</summary>
internal sealed record NewLink(OrderId Order, OrderId Other, string Kind, string? Reason, string Actor);

/// <summary>Statements of links between orders.</summary>
internal static class LinksSql
{
    /// <summary>A link that is there already stays as it is.</summary>
    public static void Queue(Batch batch, IReadOnlyList<NewLink> links, DateTimeOffset now) => batch.Execute(
        """
        insert into order_links (order_id, other_id, merchant_id, kind, reason, actor, at_ms)
        select order_id, other_id, @merchant, kind, reason, actor, @now from @rows r where true on conflict do nothing
        """,
        Rows.Of(links).Uuid("order_id", l => l.Order.Value).Uuid("other_id", l => l.Other.Value).Text("kind", l => l.Kind).Text("reason", l => l.Reason).Text("actor", l => l.Actor),
        ("now", now.ToUnixTimeMilliseconds()));

    /// <summary>Units of lines that are sent again: the new order's lines stand in the same order.</summary>
    public static void QueueAgain(Batch batch, IReadOnlyList<(OrderId Order, OrderId Other, IReadOnlyList<SentAgain> Again)> orders) => batch.Execute(
        """
        insert into order_line_links (order_id, line_no, other_id, other_line_no, merchant_id, kind, units)
        select order_id, line_no, other_id, other_line_no, @merchant, 'replacement', units from @rows r
        """,
        Rows.Of(orders.SelectMany(o => o.Again.Select((a, i) => (o.Order, o.Other, a, No: i + 1))).ToList()).Uuid("order_id", l => l.Order.Value).Int("line_no", l => l.a.Line)
            .Uuid("other_id", l => l.Other.Value).Int("other_line_no", l => l.No).Long("units", l => l.a.Units));

    /// <summary>Units of each line of an order that were sent again, those of replacements that were cancelled not counted.</summary>
    public static async Task<IReadOnlyDictionary<int, long>> Replaced(Work work, OrderId order) => (await work.Query(
        """
        select k.line_no, sum(case when o.state in ('cancelled', 'expired') then 0 when l.cancelled > k.units then 0 else k.units - l.cancelled end)
          from order_line_links k join orders o on o.id = k.other_id join order_lines l on l.order_id = k.other_id and l.line_no = k.other_line_no
         where k.order_id = @order and k.merchant_id = @merchant and k.kind = 'replacement' group by k.line_no
        """, row => (Line: row.Int(), Units: row.Sum()), ("order", order.Value))).ToDictionary(r => r.Line, r => r.Units);

    /// <summary>The lines of an order that are sent free of charge for goods of another.</summary>
    public static async Task<IReadOnlySet<int>> SentFree(Work work, OrderId order) => (await work.Query(
        "select other_line_no from order_line_links where other_id = @order and merchant_id = @merchant and kind = 'replacement'", row => row.Int(), ("order", order.Value))).ToHashSet();

    /// <summary>The links of these orders, both ways; the reader is given the order it is about.</summary>
    public static List<(Guid Order, LinkView Link)> Read(Batch batch, Rows keys) => batch.Query(
        """
        select r.id, k.kind, 'result', k.other_id, o.number, o.state, k.reason, k.at_ms
          from @rows r join order_links k on k.order_id = r.id and k.merchant_id = @merchant join orders o on o.id = k.other_id and o.merchant_id = @merchant
        union all
        select r.id, k.kind, 'origin', k.order_id, o.number, o.state, k.reason, k.at_ms
          from @rows r join order_links k on k.other_id = r.id and k.merchant_id = @merchant join orders o on o.id = k.order_id and o.merchant_id = @merchant
         order by 8, 5
        """, keys, row => (row.Uuid(), new LinkView(row.Text(), row.Text(), new OrderId(row.Uuid()), row.Text(), row.Text(), row.TextOrNull(), row.Instant())));
}
