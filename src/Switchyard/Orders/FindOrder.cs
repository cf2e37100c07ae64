using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Fulfilment;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Search;

namespace Switchyard.Orders;

/// <summary>Reads orders as the API shows them; any number of them in one round trip.</summary>
public sealed class FindOrder(Db db)
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/orders/{id}", async (string id, Actor actor, FindOrder find, HttpContext http, [FromQuery] string? expand) =>
            {
                var checks = new Checks();
                string[] beside = SearchAnswer.Names(expand, "#expand", SearchAnswer.MostExpand, Expandable, checks);
                if (checks.AnyFault) return checks.ToError().ToHttp();
                var view = OrderId.TryParse(id, null, out var orderId) ? await find.Expanded(actor, orderId, beside) : null;
                if (view is null) return OrderErrors.NotFound(id).ToHttp();
                http.Response.Headers.ETag = ETag(view);
                return Results.Json(view, Json.Options);
            })
            .Requires(Permission.OrdersRead).WithName("orders.read").WithSummary("Read an order")
            .Produces<OrderView>().ProducesProblem(400).ProducesProblem(404);

    private static readonly string[] Expandable = ["plan", "fulfilments"];

    public static string ETag(OrderView view) => $"\"{view.Version}\"";
    public string ToJson(OrderView view) => JsonSerializer.Serialize(view, Json.Options);

    public async Task<OrderView?> Find(Actor actor, OrderId id, bool withPlan = false) => (await Find(actor, [id], withPlan)).SingleOrDefault();

    /// <summary>One order with what is asked for beside it: plan, fulfilments.</summary>
    private Task<OrderView?> Expanded(Actor actor, OrderId id, string[] expand) => db.Read(actor, async work =>
    {
        var view = (await Read(work, actor, [id], withPlan: expand.Contains("plan"))).SingleOrDefault();
        return view is null || !expand.Contains("fulfilments") ? view : view with { Fulfilments = await FulfilmentRoom.Of(work, actor, [id]) };
    }, snapshot: true);

    /// <summary>The orders of the actor's merchant among these, in the order asked for.</summary>
    public Task<IReadOnlyList<OrderView>> Find(Actor actor, IReadOnlyList<OrderId> ids, bool withPlan = false) =>
        db.Read(actor, work => Read(work, actor, ids, withPlan), snapshot: true);

    /// <summary>Runs a change of one order and answers with the order as it is after it, read in the same transaction.</summary>
    internal Task<Result<OrderView>> AfterChange(Actor actor, OrderId id, Func<Work, Task<Result<Done>>> change) => db.Write<OrderView>(actor, async work =>
    {
        var changed = await change(work);
        if (changed.Error is { } error) return error;
        return (await Read(work, House(actor), [id], withPlan: false))[0];
    });

    internal static async Task<IReadOnlyList<OrderView>> Read(Work work, Actor actor, IReadOnlyList<OrderId> ids, bool withPlan)
    {
        var keys = Rows.Of(ids).Uuid("id", i => i.Value);
        var batch = work.Batch();
        var lines = batch.Query(LinesSql, keys, ReadLine);
        var allocations = batch.Query(
            """
            select a.order_id, a.line_no, n.code, a.quantity from @rows r join allocations a on a.order_id = r.id and a.merchant_id = @merchant
              join nodes n on n.id = a.node_id order by a.order_id, a.line_no, a.node_id
            """, keys, row => (Key: (row.Uuid(), row.Int()), View: new AllocationView(row.Text(), row.Long())));
        var holds = batch.Query(
            """
            select h.order_id, h.hold_no, h.kind, h.reason, h.line_no, h.state, h.owner, h.opened_at_ms, h.expires_at_ms, h.closed_at_ms, h.closed_by, h.close_reason,
                   h.fulfilment_id, h.rule, h.permission, h.escalate_at_ms, h.escalated_at_ms, h.other_order_id, h.explanation, h.says
              from @rows r join holds h on h.order_id = r.id and h.merchant_id = @merchant order by h.order_id, h.hold_no
            """, keys, row => (Order: row.Uuid(), Hold: new HoldView(row.Int(), row.Text(), row.Text(), row.IntOrNull(), row.Text(), row.TextOrNull(),
                row.Instant(), row.InstantOrNull(), row.InstantOrNull(), row.TextOrNull(), row.TextOrNull())
            {
                Fulfilment = row.UuidOrNull(), Rule = row.TextOrNull(), Permission = row.TextOrNull(), EscalateAt = row.InstantOrNull(),
                EscalatedAt = row.InstantOrNull(), OtherOrder = row.UuidOrNull() is { } other ? new OrderId(other) : null,
                Explanation = row.TextOrNull() is { } json ? JsonNode.Parse(json) : null,
                Says = Saying.Read(row.TextOrNull()),
            }));
        var tags = batch.Query("select t.order_id, t.tag from @rows r join order_tags t on t.order_id = r.id and t.merchant_id = @merchant order by t.tag_key",
            keys, row => (Order: row.Uuid(), Tag: row.Text()));
        var links = LinksSql.Read(batch, keys);
        var ready = FulfilmentRoom.ReadyForPickup(batch, keys);
        var plans = !withPlan ? [] : batch.Query(
            "select p.order_id, p.plan from @rows r join order_plans p on p.order_id = r.id and p.merchant_id = @merchant order by p.version",
            keys, row => (Order: row.Uuid(), Plan: row.Text()));
        var heads = batch.Query(HeadSql + (actor.Nodes is null ? "" : " where true" + OpenOrder.OfNodes), keys, row => new Head(row), ("nodes", actor.NodeFilter ?? []));
        await batch.Run();

        var nodes = allocations.ToLookup(a => a.Key, a => a.View);
        var byOrder = lines.ToLookup(l => l.Order, l => l.View with { Allocations = [.. nodes[(l.Order, l.View.Line)]] });
        var holdsOf = holds.ToLookup(h => h.Order, h => h.Hold);
        var tagsOf = tags.ToLookup(t => t.Order, t => t.Tag);
        var linksOf = links.ToLookup(l => l.Order, l => l.Link);
        var planOf = plans.GroupBy(p => p.Order).ToDictionary(g => g.Key, g => g.Last().Plan);
        var found = heads.ToDictionary(h => h.Id, h => h.View([.. byOrder[h.Id]], [.. holdsOf[h.Id]], planOf.GetValueOrDefault(h.Id), ready.Contains(h.Id)) with { Tags = [.. tagsOf[h.Id]], Links = [.. linksOf[h.Id]] });
        return [.. ids.Where(id => found.ContainsKey(id.Value)).Select(id => found[id.Value])];
    }

    /// <summary>Has the order goods at a node of the reader's?</summary>
    internal static async Task<bool> MaySee(Work work, Actor actor, string id) => OrderId.TryParse(id, null, out var order) && await work.Scalar(
        "select count(*) from orders o where o.id = @id and o.merchant_id = @merchant" + (actor.Nodes is null ? "" : OpenOrder.OfNodes),
        ("id", order.Value), ("nodes", actor.NodeFilter ?? [])) > 0;

    // A change may take the order away from the caller's nodes; its answer still goes to whoever made it.
    private static Actor House(Actor actor) => actor with { Nodes = null };

    private const string HeadSql =
        """
        select o.id, o.number, o.external_id, c.code, o.type, o.state, o.currency, o.prices_include_tax, o.goods_minor, o.discount_minor,
               o.charges_minor, o.tax_minor, o.total_minor, o.base_currency, o.rate_e9, o.method, o.payment_state, o.expires_at_ms,
               o.customer_name, o.customer_email, o.customer_phone, o.customer_reference, o.ship_to, o.bill_to, o.source_reference, o.metadata,
               o.placed_at_ms, o.version, o.priority, o.zone, o.grace_until_ms, o.release_at_ms, o.ship_by_ms, o.deliver_by_ms, o.at_risk_since_ms,
               o.captured_minor, o.refunded_minor, o.authorised_minor, o.promise, coalesce(u.root_id, o.customer_id), o.assignee, o.event_seq, f.number,
               (select n.code from nodes n where n.id = o.collect_node), case when o.tax_owed_by = 'channel' then o.tax_owed_by end, (select n.code from nodes n where n.id = o.sold_at_node)
          from @rows r join orders o on o.id = r.id and o.merchant_id = @merchant join channels c on c.id = o.channel_id
          left join customers u on u.id = o.customer_id and u.merchant_id = @merchant
          left join drafts f on f.id = o.id and f.merchant_id = @merchant
        """;

    private const string LinesSql =
        """
        select l.order_id, l.line_no, l.kind, l.parent_line_no, l.sku, l.name, l.quantity, l.unit_price_minor, l.discount_minor, l.tax_rate_ppm,
               l.tax_minor, l.total_minor, l.unallocated, l.backordered, l.preordered, l.allocated, l.released, l.picked, l.packed, l.shipped,
               l.delivered, l.lost, l.sent_back, l.cancelled, l.metadata, l.expected_at_ms, l.returned, l.release_at_ms, l.moved, l.method,
               (select n.code from nodes n where n.id = l.collect_node), l.may_substitute, l.substitute_for
          from @rows r join order_lines l on l.order_id = r.id and l.merchant_id = @merchant order by l.order_id, l.line_no
        """;

    private static (Guid Order, LineView View) ReadLine(Row row) => (row.Uuid(), new LineView(row.Int(), row.Text(), row.IntOrNull(), row.Text(), row.TextOrNull(),
        row.Long(), row.Long(), row.Long(), row.Long() / 1_000_000m, row.Long(), row.Long(), row.Long(), row.Long(), row.Long(), row.Long(),
        row.Long(), row.Long(), row.Long(), row.Long(), row.Long(), row.Long(), row.Long(), row.Long(), [], Node(row.TextOrNull()))
    { ExpectedAt = row.InstantOrNull(), Returned = row.Long(), ReleaseAt = row.InstantOrNull(), Moved = row.Long(), Method = row.TextOrNull(), CollectAt = row.TextOrNull(), AllowSubstitutes = row.Bool(), SubstituteFor = row.IntOrNull() });

    private static JsonNode? Node(string? json) => json is null ? null : JsonNode.Parse(json);
    private static PlaceOrder.Address? Address(string? json) => json is null ? null : JsonSerializer.Deserialize<PlaceOrder.Address>(json, Json.Options);

    /// <summary>An order's own row.</summary>
    private sealed class Head
    {
        private readonly Func<IReadOnlyList<LineView>, IReadOnlyList<HoldView>, string?, bool, OrderView> _view;

        public Head(Row row)
        {
            Id = row.Uuid();
            var (number, external, channel, type, state) = (row.Text(), row.TextOrNull(), row.Text(), row.Text(), OrderStates.Parse(row.Text()));
            var (currency, included, goods, discount, charges, tax, total) = (row.Text(), row.Bool(), row.Long(), row.Long(), row.Long(), row.Long(), row.Long());
            var (baseCurrency, rate, method, payment, expires) = (row.Text(), row.LongOrNull(), row.TextOrNull(), row.Text(), row.InstantOrNull());
            var customer = new PlaceOrder.Customer(row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull());
            var (shipTo, billTo, source, metadata) = (Address(row.TextOrNull()), Address(row.TextOrNull()), row.TextOrNull(), Node(row.TextOrNull()));
            var (placed, version, priority, zone) = (row.Instant(), row.Long(), row.Int(), row.TextOrNull());
            var (grace, release, shipBy, deliverBy, atRisk) = (row.InstantOrNull(), row.InstantOrNull(), row.InstantOrNull(), row.InstantOrNull(), row.InstantOrNull());
            var (captured, refunded, authorised, promise) = (row.Long(), row.Long(), row.Long(), row.TextOrNull());
            if (row.UuidOrNull() is { } owner) customer = customer with { Id = new CustomerId(owner) };
            var (assignee, seq) = (row.TextOrNull(), row.Long());
            var draft = row.TextOrNull() is { } made ? new PlacedDraft(new DraftId(Id), made) : null;
            string? collectAt = row.TextOrNull(), taxOwedBy = row.TextOrNull(), soldAt = row.TextOrNull();
            bool hasCustomer = customer != new PlaceOrder.Customer(null, null, null, null);
            _view = (lines, holds, plan, isReady) =>
            {
                bool isHeld = holds.Any(h => h.State == "open");
                var dates = OrderPromise.Parse(promise, placed.ToUnixTimeMilliseconds(), (shipBy?.ToUnixTimeMilliseconds(), deliverBy?.ToUnixTimeMilliseconds()),
                    lines.Where(l => l.Kind is "goods" or "component").Select(l => l.Line));
                if (dates is { Parts.Count: > 1 }) lines = [.. lines.Select(l => l.With(dates, shipBy, deliverBy))];
                return new OrderView(new OrderId(Id), number, external, channel, type, OrderStatus.Headline(state, isHeld, Sums(lines) with { IsReadyForPickup = isReady }), OrderStates.Name(state), isHeld,
                    currency, included, goods, discount, charges, tax, total, baseCurrency, rate / 1_000_000_000m, method, payment, expires,
                    hasCustomer ? customer : null, shipTo, billTo, source, lines, holds, metadata, placed, version)
                {
                    Plan = Node(plan),
                    Assignee = assignee,
                    Seq = seq,
                    Priority = priority,
                    Zone = zone,
                    GraceUntil = grace,
                    ReleaseAt = release,
                    ShipBy = shipBy,
                    DeliverBy = deliverBy,
                    AtRiskSince = atRisk,
                    CapturedMinor = captured,
                    RefundedMinor = refunded,
                    AuthorisedMinor = authorised,
                    Draft = draft,
                    CollectAt = collectAt,
                    TaxOwedBy = taxOwedBy,
                    SoldAt = soldAt,
                };
            };
        }

        public Guid Id { get; }
        public OrderView View(IReadOnlyList<LineView> lines, IReadOnlyList<HoldView> holds, string? plan, bool isReady) => _view(lines, holds, plan, isReady);

        private static OrderStatus.Sums Sums(IReadOnlyList<LineView> lines)
        {
            var goods = lines.Where(l => l.Kind is "goods" or "component").ToList();
            return new(goods.Sum(l => l.Quantity), goods.Sum(l => l.Backordered + l.Preordered + l.Unallocated), goods.Sum(l => l.Shipped), goods.Sum(l => l.Delivered), goods.Sum(l => l.Cancelled))
            { Released = goods.Sum(l => l.Released), Picked = goods.Sum(l => l.Picked), Packed = goods.Sum(l => l.Packed) };
        }
    }
}
