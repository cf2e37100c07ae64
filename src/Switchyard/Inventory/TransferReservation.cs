using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Inventory;

/// <summary>Moves what a reservation holds from one node to another. The sum it holds stays the same.</summary>
public static class TransferReservation
{
    /// <param name="Quantity">Units to move; all it holds at that node when not said.</param>
    public sealed record Item(string? Sku, string? From, string? To, long? Quantity);
    public sealed record Request(IReadOnlyList<Item?>? Items);

    private sealed record Part(long Sku, long From, long To, long Quantity);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/inventory/reservations/{id}/transfer", async (string id, Request body, Db db, TimeProvider clock, Actor actor) =>
                (await Handle(id, body, db, clock, actor)).ToHttp())
            .Requires(Permission.InventoryWrite).WithName("inventory.transferReservation").WithSummary("Move a reservation to another node").WithTags("Inventory").Produces<ReservationView>()
            .ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

    public static async Task<Result<ReservationView>> Handle(string id, Request body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Each(body.Items, ReserveStock.MostItems, (item, at) =>
        {
            checks.Text(item.Sku, at + "/sku", 200, required: true);
            checks.Text(item.From, at + "/from", 64, required: true);
            checks.Text(item.To, at + "/to", 64, required: true);
            if (item.Quantity is not null) checks.Units(item.Quantity, at + "/quantity", 1);
        });
        if (checks.AnyFault) return checks.ToError();
        if (!PrefixedId.TryParse<ReservationId>(id, out var known)) return ReservationStates.NotFound(id);
        var now = clock.GetUtcNow();
        return await db.Write<ReservationView>(actor, work => Transfer(work, known, body.Items!, now, actor));
    }

    private static async Task<Result<ReservationView>> Transfer(Work work, ReservationId id, IReadOnlyList<Item?> items, DateTimeOffset now, Actor actor)
    {
        var checks = new Checks();
        var names = await StockNames.Load(work, actor, items.Select(i => i!.Sku), items.SelectMany(i => new[] { i!.From, i.To }));
        var places = items.Select((item, i) => (Product: names.Goods(item!.Sku, $"/items/{i}/sku", checks),
            From: names.Node(item.From, $"/items/{i}/from", checks), To: names.Node(item.To, $"/items/{i}/to", checks))).ToList();
        if (checks.AnyFault) return checks.ToError();
        var locked = await ReservationsSql.LockActive(work, actor, id, now, r => [.. places
            .Where(p => r.Items.Any(i => i.Sku == p.Product!.Id)).Select(p => (p.Product!.Id, p.To!.Id))]);
        if (locked.Error is { } error) return error;
        var (reservation, sheet) = locked.Value;

        var held = reservation.Items.Where(i => i.IsOpen).ToDictionary(i => (i.Sku, i.Node), i => i.Quantity);
        for (int i = 0; i < items.Count; i++)
        {
            var (sku, from, to) = (places[i].Product!.Id, places[i].From!.Id, places[i].To!.Id);
            long there = held.GetValueOrDefault((sku, from)), units = items[i]!.Quantity ?? there;
            if (units == 0 || units > there)
                checks.Fault($"/items/{i}/quantity", "inventory.not_reserved_there", $"The reservation holds {there} of {places[i].Product!.Sku} at {places[i].From!.Code}.");
            else if (from != to && sheet.Find(sku, to)!.Balance.Available < units)
                checks.Fault($"/items/{i}/to", StockErrors.NotEnough, $"{places[i].To!.Code} has not {units} of {places[i].Product!.Sku} to promise.");
            else if (from != to) Move(sheet, held, new Part(sku, from, to, units), id, actor);
        }
        if (checks.AnyFault) return StockErrors.Short(checks.ToError().Fields);

        await sheet.Write(work);
        await Rewrite(work, id, held, reservation.ExpiresAt);
        var view = (await ReservationsSql.Find(work, actor, id))!.View(now);
        await EventLog.Append(work, actor, now, new Happening("reservation", id.ToString(), "ReservationTransferred", new { view.Items }));
        return view;
    }

    private static void Move(StockSheet sheet, Dictionary<(long, long), long> held, Part part, ReservationId id, Actor actor)
    {
        var why = new Movement(MovementKind.Transferred, actor.Id, Reference: id.ToString());
        sheet.Move(part.Sku, part.From, new Buckets { Reserved = -part.Quantity }, why);
        sheet.Move(part.Sku, part.To, new Buckets { Reserved = part.Quantity }, why);
        held[(part.Sku, part.From)] -= part.Quantity;
        held[(part.Sku, part.To)] = held.GetValueOrDefault((part.Sku, part.To)) + part.Quantity;
    }

    private static async Task Rewrite(Work work, ReservationId id, Dictionary<(long Sku, long Node), long> held, DateTimeOffset expires)
    {
        var batch = work.Batch();
        batch.Execute("delete from reservation_items where reservation_id = @id and merchant_id = @merchant", ("id", id.Value));
        batch.Execute(
            """
            insert into reservation_items (reservation_id, merchant_id, sku_id, node_id, quantity, expires_at_ms)
            select @id, @merchant, sku_id, node_id, quantity, @expires from @rows r
            """, Rows.Of(held.Where(h => h.Value > 0).ToList()).Long("sku_id", h => h.Key.Sku).Long("node_id", h => h.Key.Node).Long("quantity", h => h.Value),
            ("id", id.Value), ("expires", expires.ToUnixTimeMilliseconds()));
        batch.Execute("update reservations set version = version + 1 where id = @id and merchant_id = @merchant", ("id", id.Value));
        await batch.Run();
    }
}
