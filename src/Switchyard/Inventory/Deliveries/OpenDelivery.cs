using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Inventory;

/// <summary>Opens a delivery at a node: of the lines told, else of what is inbound under its reference, else blind.</summary>
public static class OpenDelivery
{
    public const int MostExpected = 1_000;

    public sealed record Expected(string? Sku, long? Quantity);

    /// <param name="Reference">The sender's number: what is inbound under it goes down as goods are booked in.</param>
    public sealed record Request(string? Node, string? Reference, string? Supplier, IReadOnlyList<Expected?>? Lines);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/deliveries", async (Request body, Db db, TimeProvider clock, Actor actor) =>
                (await Handle(body, db, clock, actor)).ToHttp(StatusCodes.Status201Created, d => "/api/v1/deliveries/" + d.Id))
            .Requires(Permission.InventoryReceive).WithName("deliveries.open").WithTags("Inventory").WithSummary("Open a delivery")
            .Produces<DeliveryView>(201).ProducesProblem(400).ProducesProblem(409);

    /// <remarks>Errors: inventory.unknown_node, inventory.unknown_sku, inventory.delivery_is_open.</remarks>
    public static Task<Result<DeliveryView>> Handle(Request body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Text(body.Node, "/node", 64, required: true);
        checks.Text(body.Reference, "/reference", 100);
        checks.Text(body.Supplier, "/supplier", 200);
        checks.That((body.Lines?.Count ?? 0) <= MostExpected, "/lines", "field.too_many", $"Send at most {MostExpected:N0} lines.");
        foreach (var (i, line) in (body.Lines ?? []).Take(MostExpected).Index())
        {
            checks.Text(line?.Sku, $"/lines/{i}/sku", 200, required: true);
            checks.Units(line?.Quantity, $"/lines/{i}/quantity", 1);
        }
        if (checks.AnyFault) return Task.FromResult<Result<DeliveryView>>(checks.ToError());
        var now = clock.GetUtcNow();
        return db.Write<DeliveryView>(actor, async work =>
        {
            var checks = new Checks();
            var names = await StockNames.Load(work, actor, (body.Lines ?? []).Select(l => l!.Sku), [body.Node]);
            var node = names.Node(body.Node, "/node", checks);
            var told = (body.Lines ?? []).Select((l, i) => (Product: names.Goods(l!.Sku, $"/lines/{i}/sku", checks), l.Quantity)).ToList();
            if (checks.AnyFault) return checks.ToError();
            string? reference = string.IsNullOrWhiteSpace(body.Reference) ? null : body.Reference.Trim();

            var delivery = new StoredDelivery(new DeliveryId(Guid.CreateVersion7(now)), node!.Id, node.Code, reference, body.Supplier, null, false, DeliveryState.Open, actor.Id, now, null, null);
            var lines = told.Count > 0
                ? [.. told.GroupBy(l => l.Product!).Select(g => new DeliveryLine(g.Key.Id, g.Key.Sku, g.Sum(l => l.Quantity!.Value), 0, 0, 0))]
                : await Inbound(work, delivery);
            delivery = delivery with { IsBlind = lines.Count == 0 };
            if (!await Insert(work, delivery, lines))
                return DeliveryErrors.ReferenceOpen(reference!, new DeliveryId((await work.Query(
                    "select id from deliveries where merchant_id = @merchant and node_id = @node and reference = @reference and state = 'open'",
                    row => row.Uuid(), ("node", node.Id), ("reference", reference))).Single()));
            var view = DeliveryView.Of(delivery, lines);
            await EventLog.Append(work, actor, now, new Happening("delivery", delivery.Id.ToString(), "DeliveryOpened",
                new { view.Node, view.Reference, view.Supplier, view.IsBlind, lines = lines.Select(l => new object[] { l.Sku, l.Expected }) }));
            return view;
        });
    }

    /// <summary>Writes a new delivery; false when one of its reference is open at the node.</summary>
    internal static async Task<bool> Insert(Work work, StoredDelivery delivery, IReadOnlyList<DeliveryLine> lines)
    {
        int made = await work.Execute(
            """
            insert into deliveries (id, merchant_id, node_id, reference, supplier, transfer_id, is_blind, opened_by, opened_at_ms)
            select id, @merchant, node_id, reference, supplier, transfer_id, is_blind, opened_by, opened_at_ms from @rows r where true on conflict do nothing
            """,
            Rows.Of([delivery]).Uuid("id", d => d.Id.Value).Long("node_id", d => d.NodeId).Text("reference", d => d.Reference).Text("supplier", d => d.Supplier)
                .UuidOrNull("transfer_id", d => d.Transfer?.Value).Bool("is_blind", d => d.IsBlind).Text("opened_by", d => d.OpenedBy).Instant("opened_at_ms", d => d.OpenedAt));
        if (made == 0) return false;
        var batch = work.Batch();
        DeliveriesSql.QueueLines(batch, delivery.Id, lines);
        await batch.Run();
        return true;
    }

    private static async Task<List<DeliveryLine>> Inbound(Work work, StoredDelivery delivery) => delivery.Reference is null ? [] : await work.Query(
        $"""
        select i.sku_id, p.sku, i.quantity from inbound i join products p on p.id = i.sku_id
         where i.merchant_id = @merchant and i.reference = @reference and i.node_id = @node and i.quantity > 0 order by p.sku_key limit {DeliveriesSql.MostLines}
        """, row => new DeliveryLine(row.Long(), row.Text(), row.Long(), 0, 0, 0), ("reference", delivery.Reference), ("node", delivery.NodeId));
}
