using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Inventory;

/// <summary>Labels that are wanted for goods that cannot be scanned: asked for at goods-in or by hand, listed for whoever prints, done when they are on the goods.</summary>
public static class LabelRequests
{
    public const int MostItems = 500;

    /// <param name="Quantity">Labels.</param>
    public sealed record View(string Object, long Id, string Sku, string Node, long Quantity, string? Reason, DeliveryId? Delivery, [property: Words("open", "done")] string State, string AskedBy,
        DateTimeOffset AskedAt, string? DoneBy, DateTimeOffset? DoneAt);
    public sealed record Item(string? Sku, string? Node, long? Quantity);
    public sealed record Request(IReadOnlyList<Item?>? Items, string? Reason);
    public sealed record Response(string Object, int Asked);

    private static readonly Error NotFound = Error.NotFound("inventory.no_such_label_request", "There is no such request for labels.");

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/label-requests", async ([FromQuery] string? state, [FromQuery] string? node, [FromQuery] string? after, [FromQuery] int? limit, Db db, Actor actor) =>
                (await List(state, node, after, limit, db, actor)).ToHttp())
            .Requires(Permission.InventoryRead).WithName("labelRequests.list").WithTags("Inventory").WithSummary("List labels that are wanted, oldest first")
            .Produces<Page<View>>().ProducesProblem(400).ProducesProblem(404);
        routes.MapPost("/label-requests", async (Request body, Db db, TimeProvider clock, Actor actor) => (await Ask(body, db, clock, actor)).ToHttp(StatusCodes.Status201Created))
            .Requires(Permission.InventoryReceive).WithName("labelRequests.ask").WithTags("Inventory").WithSummary("Ask for labels for goods that cannot be scanned")
            .Produces<Response>(201).ProducesProblem(400);
        routes.MapPost("/label-requests/{id:long}/done", async (long id, Db db, TimeProvider clock, Actor actor) => (await Done(id, db, clock, actor)).ToHttp())
            .Requires(Permission.InventoryReceive).WithName("labelRequests.done").WithTags("Inventory").WithSummary("Say that the labels are on the goods")
            .Produces<View>().ProducesProblem(404);
    }

    internal static void Queue(Batch batch, Actor actor, DateTimeOffset now, long node, IReadOnlyList<(long Sku, long Units)> wanted, string? reason, Guid? delivery) => batch.Execute(
        """
        insert into label_requests (merchant_id, node_id, sku_id, quantity, reason, delivery_id, asked_by, asked_at_ms)
        select @merchant, @node, sku_id, quantity, @reason, delivery_id, @by, @now from @rows r
        """, Rows.Of(wanted).Long("sku_id", w => w.Sku).Long("quantity", w => w.Units).UuidOrNull("delivery_id", _ => delivery), ("node", node), ("reason", reason), ("by", actor.Id),
        ("now", now.ToUnixTimeMilliseconds()));

    /// <remarks>Errors: request.invalid with pointers #state, #limit, #after; inventory.unknown_node.</remarks>
    public static async Task<Result<Page<View>>> List(string? state, string? node, string? after, int? limit, Db db, Actor actor)
    {
        var checks = new Checks();
        int most = limit ?? Cursor.DefaultLimit;
        checks.Range(most, 1, Cursor.MostLimit, "#limit");
        checks.Text(node, "#node", 64);
        checks.That(state is null or "open" or "done", "#state", "field.unknown_value", "state must be open or done.");
        long start = 0;
        if (!Cursor.TryNumber(after, ref start)) checks.Fault("#after", "field.malformed", "after is not a cursor of this list.");
        if (checks.AnyFault) return checks.ToError();
        return await db.Read<Result<Page<View>>>(actor, async work =>
        {
            var names = await StockNames.Load(work, actor, [], [node]);
            if (node is not null && names.Node(node) is null) return StockErrors.NoSuchNode(node);
            var found = await work.Query($"{Select} where l.merchant_id = @merchant and l.state = @state and l.id > @after and (@node = 0 or l.node_id = @node) and (@all or l.node_id = any(@nodes)) order by l.id limit @limit",
                Read, ("state", state ?? "open"), ("after", start), ("node", names.Node(node)?.Id ?? 0L), ("all", actor.Nodes is null), ("nodes", actor.NodeFilter ?? []), ("limit", most + 1L));
            return Page<View>.Of(found, most, v => Text.Invariant(v.Id));
        });
    }

    /// <remarks>Errors: inventory.unknown_sku, inventory.unknown_node.</remarks>
    public static async Task<Result<Response>> Ask(Request body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Text(body.Reason, "/reason", StockItems.MostReason);
        checks.Each(body.Items, MostItems, (item, at) =>
        {
            checks.Names(at, item.Sku, item.Node);
            checks.Units(item.Quantity, at + "/quantity", 1);
        });
        if (checks.AnyFault) return checks.ToError();
        var now = clock.GetUtcNow();
        return await db.Write<Response>(actor, async work =>
        {
            var checks = new Checks();
            var names = await StockNames.Load(work, actor, body.Items!.Select(i => i!.Sku), body.Items!.Select(i => i!.Node));
            var wanted = body.Items!.Select((item, i) => (Product: names.Goods(item!.Sku, $"/items/{i}/sku", checks), Node: names.Node(item.Node, $"/items/{i}/node", checks), item.Quantity)).ToList();
            if (checks.AnyFault) return checks.ToError();
            var batch = work.Batch();
            foreach (var node in wanted.GroupBy(w => w.Node!.Id)) Queue(batch, actor, now, node.Key, [.. node.Select(w => (w.Product!.Id, w.Quantity!.Value))], body.Reason, null);
            await batch.Run();
            return new Response("labelRequests", wanted.Count);
        });
    }

    /// <summary>Said again, it stays as it was.</summary>
    /// <remarks>Errors: inventory.no_such_label_request.</remarks>
    public static Task<Result<View>> Done(long id, Db db, TimeProvider clock, Actor actor)
    {
        var now = clock.GetUtcNow();
        return db.Write<View>(actor, async work =>
        {
            int done = await work.Execute("update label_requests set state = 'done', done_by = @by, done_at_ms = @now where id = @id and merchant_id = @merchant and state = 'open' and (@all or node_id = any(@nodes))",
                ("by", actor.Id), ("now", now.ToUnixTimeMilliseconds()), ("id", id), ("all", actor.Nodes is null), ("nodes", actor.NodeFilter ?? []));
            var found = await work.Query($"{Select} where l.id = @id and l.merchant_id = @merchant and (@all or l.node_id = any(@nodes))", Read, ("id", id), ("all", actor.Nodes is null), ("nodes", actor.NodeFilter ?? []));
            if (found.Count == 0) return NotFound;
            if (done > 0) await EventLog.Append(work, actor, now, new Happening("labelRequest", Text.Invariant(id), "LabelsPrinted", new { found[0].Sku, found[0].Node, found[0].Quantity }));
            return found[0];
        });
    }

    private const string Select =
        """
        select l.id, p.sku, n.code, l.quantity, l.reason, l.delivery_id, l.state, l.asked_by, l.asked_at_ms, l.done_by, l.done_at_ms
          from label_requests l join products p on p.id = l.sku_id join nodes n on n.id = l.node_id /* house: the merchant is said where it is used */
        """;

    private static View Read(Row row) => new("labelRequest", row.Long(), row.Text(), row.Text(), row.Long(), row.TextOrNull(), row.UuidOrNull() is { } id ? new DeliveryId(id) : null, row.Text(), row.Text(),
        row.Instant(), row.TextOrNull(), row.InstantOrNull());
}
