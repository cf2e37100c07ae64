using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Inventory;

/// <summary>Drafts a transfer of stock from one node to another. A draft claims nothing.</summary>
public static class CreateTransfer
{
    public const int MostLines = 1_000;

    public sealed record Line(string? Sku, long? Quantity);

    /// <param name="DueAt">When it arrives; what is on its way is promised only when that is known.</param>
    public sealed record Request(string? From, string? To, IReadOnlyList<Line?>? Lines, string? DueAt, string? Reference, string? Note);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/transfers", async (Request body, Db db, TimeProvider clock, Actor actor) =>
                (await Handle(body, db, clock, actor)).ToHttp(StatusCodes.Status201Created, t => "/api/v1/transfers/" + t.Id))
            .Requires(Permission.InventoryTransfer).WithName("transfers.create").WithTags("Inventory").WithSummary("Draft a transfer between nodes")
            .Produces<TransferView>(201).ProducesProblem(400);

    /// <remarks>Errors: inventory.unknown_node, inventory.unknown_sku, inventory.same_node, inventory.sku_twice.</remarks>
    public static Task<Result<TransferView>> Handle(Request body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Text(body.From, "/from", 64, required: true);
        checks.Text(body.To, "/to", 64, required: true);
        checks.Text(body.Reference, "/reference", 100);
        checks.Text(body.Note, "/note", 500);
        DateTimeOffset due = default;
        if (body.DueAt is not null && !Instants.TryRead(body.DueAt, out due)) checks.Fault("/dueAt", "field.malformed", "An instant is written like 2026-03-01T09:30:00Z, with its offset.");
        checks.That(body.Lines is { Count: > 0 and <= MostLines }, "/lines", "field.out_of_range", $"Send 1 to {MostLines:N0} lines.");
        foreach (var (i, line) in (body.Lines ?? []).Take(MostLines).Index())
        {
            checks.Text(line?.Sku, $"/lines/{i}/sku", 200, required: true);
            checks.Units(line?.Quantity, $"/lines/{i}/quantity", 1);
        }
        if (checks.AnyFault) return Task.FromResult<Result<TransferView>>(checks.ToError());
        var now = clock.GetUtcNow();
        return db.Write<TransferView>(actor, async work =>
        {
            var checks = new Checks();
            var names = await StockNames.Load(work, actor, body.Lines!.Select(l => l!.Sku), [body.From, body.To]);
            var (from, to) = (names.Node(body.From, "/from", checks), names.Node(body.To, "/to", checks));
            var seen = new HashSet<long>();
            var lines = body.Lines!.Select((l, i) => (Product: names.Goods(l!.Sku, $"/lines/{i}/sku", checks), l.Quantity)).ToList();
            foreach (var (i, line) in lines.Index())
                checks.That(line.Product is null || seen.Add(line.Product.Id), $"/lines/{i}/sku", "inventory.sku_twice", "This SKU is named twice.");
            checks.That(from is null || from.Id != to?.Id, "/to", "inventory.same_node", "A transfer goes to another node.");
            if (checks.AnyFault) return checks.ToError();

            var transfer = new StoredTransfer(new TransferId(Guid.CreateVersion7(now)), from!.Id, from.Code, to!.Id, to.Code, TransferState.Draft, body.Reference, body.Note,
                body.DueAt is null ? null : due, null, actor.Id, now, null, null)
            { Lines = [.. lines.Select(l => new TransferLine(l.Product!.Id, l.Product.Sku, l.Quantity!.Value, 0, 0, 0, 0, 0, 0)).OrderBy(l => Text.Key(l.Sku), StringComparer.Ordinal)] };
            await Insert(work, transfer);
            var view = TransferView.Of(transfer);
            await EventLog.Append(work, actor, now, new Happening("transfer", transfer.Id.ToString(), "TransferDrafted",
                new { view.From, view.To, view.DueAt, view.Reference, lines = transfer.Lines.Select(l => new object[] { l.Sku, l.Quantity }) }));
            return view;
        });
    }

    private static Task Insert(Work work, StoredTransfer transfer)
    {
        var batch = work.Batch();
        batch.Execute(
            """
            insert into transfers (id, merchant_id, from_node_id, to_node_id, state, reference, note, due_at_ms, ledger_reference, created_by, created_at_ms)
            select id, @merchant, from_node_id, to_node_id, 'draft', reference, note, due_at_ms, ledger_reference, created_by, created_at_ms from @rows r
            """,
            Rows.Of([transfer]).Uuid("id", t => t.Id.Value).Long("from_node_id", t => t.FromId).Long("to_node_id", t => t.ToId).Text("reference", t => t.Reference)
                .Text("note", t => t.Note).LongOrNull("due_at_ms", t => t.DueAt?.ToUnixTimeMilliseconds()).Text("ledger_reference", t => t.Id.ToString())
                .Text("created_by", t => t.CreatedBy).Instant("created_at_ms", t => t.CreatedAt));
        TransfersSql.QueueLines(batch, transfer, transfer.Lines);
        return batch.Run();
    }
}
