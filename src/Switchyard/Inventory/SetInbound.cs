using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Inventory;

/// <summary>Says what is on its way: so many units of a SKU to a node at an instant, under the reference of whoever sends it. Said again, it replaces.</summary>
public static class SetInbound
{
    /// <param name="Quantity">0 takes it back.</param>
    /// <param name="IsPromised">May it be promised before it is here? Yes when not said.</param>
    public sealed record Request(string? Reference, string? Sku, string? Node, long? Quantity, string? DueAt, bool? IsPromised);
    public sealed record Response(string Object, string Reference, string Sku, string Node, long Quantity, DateTimeOffset DueAt, bool IsPromised);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut("/inventory/inbound", async (Request body, Db db, TimeProvider clock, Actor actor) => (await Handle(body, db, clock, actor)).ToHttp())
            .Requires(Permission.InventoryWrite).WithName("inventory.setInbound").WithSummary("Say what is on its way from a supplier").WithTags("Inventory").Produces<Response>().ProducesProblem(400);

    public static async Task<Result<Response>> Handle(Request body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Text(body.Reference, "/reference", 100, required: true);
        checks.That(!TransferId.TryParse(body.Reference, null, out _), "/reference", "inventory.inbound_of_transfer", "What a transfer has on its way is changed by the transfer.");
        checks.Names("", body.Sku, body.Node);
        checks.Units(body.Quantity, "/quantity", 0);
        if (!Instants.TryRead(body.DueAt, out var due)) checks.Fault("/dueAt", "field.malformed", "An instant is written like 2026-03-01T09:30:00Z, with its offset.");
        if (checks.AnyFault) return checks.ToError();
        bool isPromised = body.IsPromised ?? true;
        return await db.Write<Response>(actor, work => Write(work, actor, clock.GetUtcNow(),
            new Supply(body.Reference!, body.Sku!, body.Node!, body.Quantity!.Value, due, isPromised)));
    }

    /// <summary>What is on its way under a reference.</summary>
    public sealed record Supply(string Reference, string Sku, string Node, long Quantity, DateTimeOffset DueAt, bool IsPromised);

    /// <summary>The same as part of another room's change.</summary>
    /// <param name="isMore">True: comes on top of what is on its way under this reference; false: replaces it.</param>
    public static async Task<Result<Response>> Write(Work work, Actor actor, DateTimeOffset now, Supply supply, bool isMore = false)
    {
        var checks = new Checks();
        var names = await StockNames.Load(work, actor, [supply.Sku], [supply.Node]);
        var (product, node) = (names.Goods(supply.Sku, "/sku", checks), names.Node(supply.Node, "/node", checks));
        if (product is null || node is null) return checks.ToError();
        int changed = await work.Execute(
            $"""
            insert into inbound (merchant_id, reference, sku_id, node_id, quantity, due_at_ms, is_promised)
            values (@merchant, @reference, @sku, @node, @quantity, @due, @promised)
            on conflict (merchant_id, reference, sku_id, node_id) do update
               set quantity = {(isMore ? "inbound.quantity + " : "")}excluded.quantity, due_at_ms = excluded.due_at_ms, is_promised = excluded.is_promised
             where {(isMore ? "true or " : "")}inbound.quantity <> excluded.quantity or inbound.due_at_ms <> excluded.due_at_ms or inbound.is_promised <> excluded.is_promised
            """, ("reference", supply.Reference), ("sku", product.Id), ("node", node.Id), ("quantity", supply.Quantity),
            ("due", supply.DueAt.ToUnixTimeMilliseconds()), ("promised", supply.IsPromised));
        var told = new Response("inbound", supply.Reference, product.Sku, node.Code, supply.Quantity, supply.DueAt, supply.IsPromised);
        if (changed > 0) await EventLog.Append(work, actor, now, new Happening("inbound", supply.Reference, "InboundSet", told));
        return told;
    }
}
