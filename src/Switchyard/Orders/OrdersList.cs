using Switchyard.Access;
using Switchyard.Fulfilment;
using Switchyard.Search;

namespace Switchyard.Orders;

/// <summary>How the fields of orders become SQL. Each condition that is asked often is found by an index.</summary>
public static class OrdersList
{
    private static readonly TermTable Words = new("search_terms", "order_id", "placed_at_ms");
    private static readonly string Held = HeldOf("o"), Worked = WorkedOut("o");

    /// <summary>
    /// Orders that wait are few, and found by their lines. Fenced: PostgreSQL takes a third of all lines for waiting, and would rather work
    /// out the headline of every open order.
    /// </summary>
    private static readonly string Backordered =
        $"""
        select w.id as id, w.placed_at_ms as at from (with waiting as materialized (
          select o.id, o.state, o.placed_at_ms from (select distinct l.order_id from order_lines l where l.merchant_id = @merchant and l.backordered + l.preordered + l.unallocated > 0) r
            join orders o on o.id = r.order_id where o.merchant_id = @merchant and o.state in ('placed', 'confirmed')) select * from waiting) w where 'backordered' = {WorkedOut("w")}
        """;

    public static readonly ListSpec Spec = new("orders", Permission.OrdersRead, "orders o", "o.id", "o.merchant_id", OrderFields.Catalogue,
        new Dictionary<string, SqlField>
        {
            ["number"] = Exactly("o.number", ""),
            ["externalId"] = Exactly("o.external_id", "o.channel_id in (select c.id from channels c where c.merchant_id = @merchant) and "),
            ["status"] = new((leaf, _) => Values(leaf, Headline)) { Rank = leaf => IsBackordered(leaf) ? 4 : null, Drive = (_, _) => Backordered },
            ["state"] = new((leaf, _) => Values(leaf, State)),
            ["held"] = new(HeldBy) { Members = HeldOrders },
            ["channel"] = SqlField.Exists("o.channel_id", "select c.id from channels c where c.merchant_id = @merchant", "c.code"),
            ["type"] = Seldom("o.type", "sales"),
            ["priority"] = Priority(),
            ["payment"] = Seldom("o.payment_state", "none", "paid"),
            ["method"] = SqlField.Code("o.method"),
            ["total"] = SqlField.Money("o.total_minor", "o.currency"),
            ["currency"] = SqlField.Code("o.currency"),
            ["placed"] = SqlField.Number("o.placed_at_ms"),
            ["shipBy"] = SqlField.Number("o.ship_by_ms"),
            ["deliverBy"] = SqlField.Number("o.deliver_by_ms"),
            ["atRisk"] = AtRisk(),
            ["customer"] = Customer(),
            ["name"] = Words.Field("o.id", 3, "name"),
            ["email"] = Words.Field("o.id", 1, "email"),
            ["phone"] = Words.Field("o.id", 1, "phone"),
            ["country"] = SqlField.Code("o.ship_country"),
            ["postcode"] = Words.Field("o.id", 2, "postcode"),
            ["city"] = Words.Field("o.id", 5, "city"),
            ["sku"] = Words.Field("o.id", 3, "sku"),
            ["tracking"] = Words.Field("o.id", 1, "tracking"),
            ["tag"] = Tag(),
            ["assignee"] = Assignee(),
            ["node"] = new((leaf, sql) => leaf is not BoundQuery.Among among ? SqlField.Never :
                $"exists (select 1 from allocations a join nodes n on n.id = a.node_id where a.order_id = o.id and a.merchant_id = @merchant and n.code = any({sql.Arg(Raw(among))}))"),
            ["soldAt"] = new((leaf, sql) => leaf is not BoundQuery.Among among ? SqlField.Never :
                $"(o.sold_at_node is not null and o.sold_at_node in (select n.id from nodes n where n.code = any({sql.Arg(Raw(among))})))"),
            ["history"] = SqlField.YesNo("o.is_history"),
            ["anything"] = Anything(),
        },
        [
            new("placedAt", "o.placed_at_ms"),
            new("shipBy", "o.ship_by_ms") { Where = "o.ship_by_ms is not null and o.ended_at_ms is null" },
        ]);

    private static string[] Raw(BoundQuery.Among among) => [.. among.Values.Where(v => v.Words.Count > 0).Select(v => v.Words[0])];

    private static string Values(BoundQuery leaf, Func<string, string> one) =>
        leaf is BoundQuery.Among among ? SqlText.Join("or", among.Values.Select(v => one(v.Words[0]))) : SqlField.Never;

    private static bool IsBackordered(BoundQuery leaf) => leaf is BoundQuery.Among { Values: [{ Words: ["backordered"] }] };

    private static string State(string state) => $"o.state = '{state}'";

    /// <summary>A column of which most orders have a usual value: the others have an index of their own, whose condition must stand in the text.</summary>
    private static SqlField Seldom(string column, params string[] usual) => new((leaf, sql) => leaf is not BoundQuery.Among among ? SqlField.Never
        : SqlText.Join("or", among.Values.Select(value => value.Words is not [var word] ? SqlField.Never
            : sql.Word(column, word, value.IsPrefix) + (value.IsPrefix || usual.Contains(word) ? "" : string.Concat(usual.Select(u => $" and {column} <> '{u}'"))))));

    /// <summary>Most orders have priority 0; the others have an index of their own.</summary>
    private static SqlField Priority()
    {
        var number = SqlField.Number("o.priority");
        return new((leaf, sql) => number.Where(leaf, sql) + (leaf is BoundQuery.Within { Span: var s } && (s.From > 0 || s.To < 0 || s is { From: 0, FromIncluded: false }) ? " and o.priority <> 0" : ""));
    }

    /// <summary>The headline, as <see cref="OrderStatus.Headline"/> works it out.</summary>
    private static string Headline(string status) => status switch
    {
        "draft" or "closed" or "cancelled" or "expired" => State(status),
        "placed" or "confirmed" => $"({State(status)} and '{status}' = {Worked})",
        "onHold" => $"(o.state <> 'closed' and {Held} and o.state in ('placed', 'confirmed') and 'onHold' = {Worked})",
        "backordered" => $"(o.id in (select b.id from ({Backordered}) b))",
        _ => $"(o.state <> 'closed' and o.state in ('placed', 'confirmed') and '{status}' = {Worked})",
    };

    private static string WorkedOut(string o) =>
        $"""
        (select case when s.live > 0 and s.delivered = s.live then 'delivered' when s.live > 0 and s.gone = s.live then 'shipped' when {HeldOf(o)} then 'onHold'
                     when s.gone > 0 then 'partlyShipped'
                     when {FulfilmentRoom.IsReadyForPickup(o + ".id")} then 'readyForPickup'
                     when s.packed > 0 and s.released + s.picked = 0 then 'packed' when s.picked + s.packed > 0 then 'picking' when s.released > 0 then 'released'
                     when s.waiting > 0 then 'backordered' else {o}.state end
           from (select coalesce(sum(l.quantity - l.cancelled), 0) as live, coalesce(sum(l.delivered), 0) as delivered,
                        coalesce(sum(l.released), 0) as released, coalesce(sum(l.picked), 0) as picked, coalesce(sum(l.packed), 0) as packed,
                        coalesce(sum(l.shipped + l.delivered), 0) as gone, coalesce(sum(l.backordered + l.preordered + l.unallocated), 0) as waiting
                   from order_lines l where l.order_id = {o}.id and l.merchant_id = @merchant and l.kind in ('goods', 'component')) s)
        """;

    private static string HeldOf(string o) => $"exists (select 1 from holds h where h.order_id = {o}.id and h.merchant_id = @merchant and h.state = 'open')";

    private static string HeldBy(BoundQuery leaf, SqlText sql) => leaf is not BoundQuery.Among among ? SqlField.Never : SqlText.Join("or", among.Values.Select(value => value.Words switch
    {
        ["yes" or "true"] => "o.id in (select h.order_id from holds h where h.merchant_id = @merchant and h.state = 'open')",
        ["no" or "false"] => "not " + Held,
        [var kind] => $"o.id in (select h.order_id from holds h where h.merchant_id = @merchant and h.state = 'open' and h.kind = {sql.Arg(kind)})",
        _ => SqlField.Never,
    }));

    private static string? HeldOrders(BoundQuery leaf, SqlText sql) => leaf is not BoundQuery.Among { Values: [{ Words: [var kind] }] } ? null : kind switch
    {
        "no" or "false" => null,
        "yes" or "true" => "select distinct h.order_id from holds h where h.merchant_id = @merchant and h.state = 'open'",
        _ => $"select distinct h.order_id from holds h where h.merchant_id = @merchant and h.state = 'open' and h.kind = {sql.Arg(kind)}",
    };

    private static SqlField Exactly(string column, string more) => new((leaf, sql) => leaf is BoundQuery.Among among ? $"{column} = any({sql.Arg(Raw(among))})" : SqlField.Never)
    {
        Rank = _ => 0,
        Drive = (leaf, sql) => $"select o.id as id, o.placed_at_ms as at from orders o where o.merchant_id = @merchant and {more}{column} = any({sql.Arg(Raw((BoundQuery.Among)leaf))})",
    };

    private static SqlField AtRisk() => SqlField.YesNo("o.at_risk_since_ms is not null and o.ended_at_ms is null") with
    {
        Rank = leaf => leaf is BoundQuery.Is { Value: true } ? 2 : null,
        Drive = (_, _) => "select o.id as id, o.placed_at_ms as at from orders o where o.merchant_id = @merchant and o.at_risk_since_ms is not null and o.ended_at_ms is null",
    };

    private static SqlField Tag()
    {
        const string Matching = "select t.order_id from order_tags t where t.merchant_id = @merchant";
        return SqlField.Exists("o.id", Matching, "t.tag_key") with
        {
            Rank = leaf => leaf is BoundQuery.Among { Values: [{ Words.Count: 1 } value] } ? value.IsPrefix ? 5 : 3 : null,
            Drive = (leaf, sql) => leaf is BoundQuery.Among { Values: [{ IsPrefix: false } exact] }
                ? $"select t.order_id as id, t.placed_at_ms as at from order_tags t where t.merchant_id = @merchant and t.tag_key = {sql.Arg(exact.Words[0])}"
                : $"select t.order_id as id, max(t.placed_at_ms) as at from order_tags t where t.merchant_id = @merchant and {sql.Word("t.tag_key", ((BoundQuery.Among)leaf).Values[0].Words[0], true)} group by t.order_id",
        };
    }

    private static SqlField Assignee()
    {
        const string Nobody = "NONE";
        return new((leaf, sql) => leaf is not BoundQuery.Among among ? SqlField.Never : SqlText.Join("or", among.Values.Select(value => value.Words switch
        {
            [Nobody] => "o.assignee_key is null",
            [var name] => $"coalesce({sql.Word("o.assignee_key", name, value.IsPrefix)}, false)",
            _ => SqlField.Never,
        })))
        {
            Rank = leaf => leaf is BoundQuery.Among { Values: [{ IsPrefix: false, Words: [not Nobody] }] } ? 3 : null,
            Drive = (leaf, sql) => $"select o.id as id, o.placed_at_ms as at from orders o where o.merchant_id = @merchant and o.assignee_key = {sql.Arg(((BoundQuery.Among)leaf).Values[0].Words[0])}",
        };
    }

    private static SqlField Customer()
    {
        string[] kinds = ["name", "email", "phone"];
        var words = Words.Field("o.id", 2, kinds);
        return words with
        {
            Where = (leaf, sql) => leaf is BoundQuery.Among among ? $"(coalesce(o.customer_reference = any({sql.Arg(Typed(among))}), false) or {words.Where(leaf, sql)})" : SqlField.Never,
            Drive = (leaf, sql) =>
                $"""
                select id, max(at) as at from ({Words.Drive(((BoundQuery.Among)leaf).Values[0], true, kinds, sql)} union all
                 select o.id, o.placed_at_ms from orders o where o.merchant_id = @merchant and o.customer_reference = any({sql.Arg(Typed((BoundQuery.Among)leaf))})) u group by id
                """,
        };
    }

    /// <summary>A bare word: a number at once by its unique index, and the words whose beginning it is.</summary>
    private static SqlField Anything()
    {
        var words = Words.Field("o.id", 2);
        return words with
        {
            Where = (leaf, sql) =>
            {
                string typed = sql.Arg(Typed((BoundQuery.Among)leaf));
                return $"(o.number = any({typed}) or coalesce(o.external_id = any({typed}), false) or {words.Where(leaf, sql)})";
            },
            Drive = (leaf, sql) =>
            {
                string typed = sql.Arg(Typed((BoundQuery.Among)leaf));
                var value = ((BoundQuery.Among)leaf).Values[0];
                return $"""
                    select id, max(at) as at from (
                        select o.id, o.placed_at_ms as at from orders o where o.merchant_id = @merchant and o.number = any({typed}) union all
                        select o.id, o.placed_at_ms from orders o where o.merchant_id = @merchant and o.external_id = any({typed})
                           and o.channel_id in (select c.id from channels c where c.merchant_id = @merchant){(value.Words.Count == 0 ? "" : " union all " + Words.Drive(value, true, [], sql))}) u group by id
                    """;
            },
            Rank = leaf => leaf is BoundQuery.Among { Values: [var value] } ? value.IsPrefix ? 4 : 2 : null,
        };
    }

    private static string[] Typed(BoundQuery.Among among) => [.. among.Values.Select(v => v.Raw.Trim())];
}
