using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Inventory;

/// <summary>Shows a reservation, gives it more time, or lets its stock go.</summary>
public static class ChangeReservation
{
    /// <param name="TtlSeconds">From now; as long as it was made for when not said.</param>
    public sealed record ExtendRequest(long? TtlSeconds);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/inventory/reservations/{id}", async (string id, Db db, TimeProvider clock, Actor actor) => (await Find(id, db, clock, actor)).ToHttp())
            .Requires(Permission.InventoryRead).WithName("inventory.getReservation").WithSummary("Read a reservation").WithTags("Inventory").Produces<ReservationView>().ProducesProblem(404);
        routes.MapPost("/inventory/reservations/{id}/extend", async (string id, ExtendRequest? body, Db db, TimeProvider clock, Actor actor) =>
                (await Extend(id, body?.TtlSeconds, db, clock, actor)).ToHttp())
            .Requires(Permission.InventoryWrite).WithName("inventory.extendReservation").WithSummary("Make a reservation last longer").WithTags("Inventory").Produces<ReservationView>()
            .ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        routes.MapPost("/inventory/reservations/{id}/release", async (string id, Db db, TimeProvider clock, Actor actor) =>
                (await Release(id, db, clock, actor)).ToHttp())
            .Requires(Permission.InventoryWrite).WithName("inventory.releaseReservation").WithSummary("Give a reservation's stock back").WithTags("Inventory").Produces<ReservationView>()
            .ProducesProblem(404).ProducesProblem(409);
    }

    public static async Task<Result<ReservationView>> Find(string id, Db db, TimeProvider clock, Actor actor) =>
        PrefixedId.TryParse<ReservationId>(id, out var known) && await db.Read(actor, work => ReservationsSql.Find(work, actor, known), snapshot: true) is { } found
            ? found.View(clock.GetUtcNow()) : ReservationStates.NotFound(id);

    public static async Task<Result<ReservationView>> Extend(string id, long? ttlSeconds, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        if (ttlSeconds is { } said) checks.Range(said, 1, ReserveStock.MostTtlSeconds, "/ttlSeconds");
        if (checks.AnyFault) return checks.ToError();
        if (!PrefixedId.TryParse<ReservationId>(id, out var known)) return ReservationStates.NotFound(id);
        var now = clock.GetUtcNow();
        return await db.Write<ReservationView>(actor, async work =>
        {
            var locked = await ReservationsSql.LockActive(work, actor, known, now);
            if (locked.Error is { } error) return error;
            var expires = now.AddSeconds(ttlSeconds ?? locked.Value.Reservation.TtlSeconds);
            var batch = work.Batch();
            batch.Execute("update reservations set expires_at_ms = @until, version = version + 1 where id = @id and merchant_id = @merchant",
                ("until", expires.ToUnixTimeMilliseconds()), ("id", known.Value));
            batch.Execute("update reservation_items set expires_at_ms = @until where reservation_id = @id and merchant_id = @merchant and is_open",
                ("until", expires.ToUnixTimeMilliseconds()), ("id", known.Value));
            await batch.Run();
            await locked.Value.Sheet.Write(work);
            await EventLog.Append(work, actor, now, new Happening("reservation", known.ToString(), "ReservationExtended", new { expiresAt = expires }));
            return (await ReservationsSql.Find(work, actor, known))!.View(now);
        });
    }

    public static async Task<Result<ReservationView>> Release(string id, Db db, TimeProvider clock, Actor actor)
    {
        if (!PrefixedId.TryParse<ReservationId>(id, out var known)) return ReservationStates.NotFound(id);
        var now = clock.GetUtcNow();
        return await db.Write<ReservationView>(actor, async work =>
        {
            var locked = await ReservationsSql.LockActive(work, actor, known, now);
            if (locked.Error is { } error) return error;
            var (reservation, sheet) = locked.Value;
            foreach (var item in reservation.Items.Where(i => i.IsOpen))
                sheet.Move(item.Sku, item.Node, new Buckets { Reserved = -item.Quantity }, new Movement(MovementKind.ReservationReleased, actor.Id, Reference: id));
            await sheet.Write(work);
            await Close(work, known, ReservationState.Released);
            await EventLog.Append(work, actor, now, new Happening("reservation", known.ToString(), "ReservationReleased", new { }));
            return (await ReservationsSql.Find(work, actor, known))!.View(now);
        });
    }

    internal static async Task Close(Work work, ReservationId id, ReservationState state)
    {
        var batch = work.Batch();
        batch.Execute("update reservations set state = @state, version = version + 1 where id = @id and merchant_id = @merchant",
            ("state", state.ToString().ToLowerInvariant()), ("id", id.Value));
        batch.Execute("update reservation_items set is_open = false where reservation_id = @id and merchant_id = @merchant", ("id", id.Value));
        await batch.Run();
    }
}
