using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Inventory;

/// <summary>A line of a transfer as it is shown.</summary>
public sealed record TransferLineView(string Sku, long Quantity, long Held, long Sent, long Good, long Damaged, long InTransit, long Lost, long Returned, long Surplus);

/// <summary>A transfer as it is shown. In a list it comes without lines.</summary>
/// <param name="Delivery">Where its goods are booked in, once they are sent.</param>
public sealed record TransferView(string Object, TransferId Id, string From, string To, TransferState State, string? Reference, string? Note, DateTimeOffset? DueAt,
    DeliveryId? Delivery, string CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset? SentAt, DateTimeOffset? EndedAt, IReadOnlyList<TransferLineView>? Lines)
{
    internal static TransferView Of(StoredTransfer t, bool withLines = true) => new("transfer", t.Id, t.From, t.To, t.State, t.Reference, t.Note, t.DueAt, t.Delivery, t.CreatedBy,
        t.CreatedAt, t.SentAt, t.EndedAt, !withLines ? null : [.. t.Lines.Select(l =>
            new TransferLineView(l.Sku, l.Quantity, l.Held, l.Sent, l.Good, l.Damaged, l.InTransit, l.Lost, l.Returned, l.Surplus))]);
}

/// <summary>Shows transfers: a page of them, or one with its lines.</summary>
public static class ReadTransfers
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/transfers", async ([FromQuery] string? state, [FromQuery] string? node, [FromQuery] string? after, [FromQuery] int? limit, Db db, Actor actor) =>
                (await List(state, node, after, limit, db, actor)).ToHttp())
            .Requires(Permission.InventoryRead).WithName("transfers.list").WithTags("Inventory").WithSummary("List transfers, newest first")
            .Produces<Page<TransferView>>().ProducesProblem(400).ProducesProblem(404);
        routes.MapGet("/transfers/{id}", async (string id, Db db, Actor actor) => (await Find(id, db, actor)).ToHttp())
            .Requires(Permission.InventoryRead).WithName("transfers.get").WithTags("Inventory").WithSummary("Show a transfer with its lines")
            .Produces<TransferView>().ProducesProblem(404);
    }

    /// <remarks>Errors: request.invalid with pointers #state, #limit, #after; inventory.unknown_node.</remarks>
    public static async Task<Result<Page<TransferView>>> List(string? state, string? node, string? after, int? limit, Db db, Actor actor)
    {
        var checks = new Checks();
        var (most, before) = Paging.ReadBefore<TransferId>(checks, limit, after);
        TransferState? wanted = Enum.GetValues<TransferState>().Where(s => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(s.ToString()) == state).Select(s => (TransferState?)s).FirstOrDefault();
        checks.That(state is null || wanted is not null, "#state", "field.unknown_value", "state must be draft, approved, sent, acknowledged, partReceived, received, closed or cancelled.");
        checks.Text(node, "#node", 64);
        if (checks.AnyFault) return checks.ToError();
        return await db.Read<Result<Page<TransferView>>>(actor, async work =>
        {
            var names = await StockNames.Load(work, actor, [], [node]);
            if (node is not null && names.Node(node) is null) return StockErrors.NoSuchNode(node);
            var found = await TransfersSql.List(work, actor, wanted, names.Node(node)?.Id ?? 0, before.Value, most);
            return Page<TransferView>.Of([.. found.Select(t => TransferView.Of(t, withLines: false))], most, t => t.Id.ToString());
        }, snapshot: true);
    }

    /// <remarks>Errors: inventory.no_such_transfer.</remarks>
    public static Task<Result<TransferView>> Find(string id, Db db, Actor actor) => db.Read<Result<TransferView>>(actor, async work =>
        await TransfersSql.Find(work, actor, id) is { } found ? TransferView.Of(found) : TransferErrors.NotFound(id), snapshot: true);
}
