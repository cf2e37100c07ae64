using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Notifications;

/// <summary>What a person was told, newest first, and how much of it is unread.</summary>
public static class ListNotifications
{
    public const int MostUnreadCounted = 100, MostExcerpt = 200;

    /// <param name="Kind">mention: a note names the person. assigned: an order was given to the person.</param>
    /// <param name="Actor">Who did it.</param>
    /// <param name="Text">The beginning of the note; null when there is none, or it was taken away.</param>
    public sealed record View(long Id, string Kind, OrderId? Order, string? OrderNumber, int? Note, string? Text, string Actor, DateTimeOffset At, DateTimeOffset? ReadAt);

    /// <param name="Unread">How many are unread, at most 100.</param>
    public sealed record Response(IReadOnlyList<View> Data, string? Next, bool HasMore, long Unread);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/notifications", async (bool? unread, int? limit, string? after, Actor actor, Db db) => (await Handle(unread ?? false, limit, after, actor, db)).ToHttp())
            .IsOpenToAnySignedIn().WithName("notifications.list").WithTags("Notifications").WithSummary("What one was told, newest first")
            .Produces<Response>().ProducesProblem(400);

    /// <remarks>Errors: request.invalid with #limit, #after.</remarks>
    public static async Task<Result<Response>> Handle(bool isUnread, int? limit, string? after, Actor actor, Db db)
    {
        var checks = new Checks();
        int most = limit ?? Cursor.DefaultLimit;
        checks.Range(most, 1, Cursor.MostLimit, "#limit");
        long before = long.MaxValue;
        if (!Cursor.TryNumber(after, ref before)) checks.Fault("#after", "field.malformed", "after must be a cursor from an earlier answer.");
        if (checks.AnyFault) return checks.ToError();
        return await db.Read<Result<Response>>(actor, async work =>
        {
            var batch = work.Batch();
            var found = batch.Query(
                $"""
                select n.id, n.kind, n.order_id, o.number, n.note_no, t.body, n.actor, n.at_ms, n.read_at_ms
                  from notifications n left join orders o on o.id = n.order_id and o.merchant_id = @merchant
                  left join order_notes t on t.order_id = n.order_id and t.note_no = n.note_no and t.merchant_id = @merchant and t.deleted_at_ms is null
                 where n.merchant_id = @merchant and n.user_id = @me and n.id < @before{(isUnread ? " and n.read_at_ms is null" : "")} order by n.id desc limit @limit
                """, Read, ("me", Me(actor)), ("before", before), ("limit", most + 1L));
            var unread = batch.Query(
                "select count(*) from (select 1 from notifications n where n.merchant_id = @merchant and n.user_id = @me and n.read_at_ms is null limit @most) u",
                row => row.Long(), ("me", Me(actor)), ("most", (long)MostUnreadCounted));
            await batch.Run();
            var page = Page<View>.Of(found, most, n => Text.Invariant(n.Id));
            return new Response(page.Data, page.Next, page.HasMore, unread[0]);
        }, snapshot: true);
    }

    /// <summary>The user's id; empty for an API key, which nobody tells anything.</summary>
    internal static string Me(Actor actor) => actor.Id.StartsWith("user:", StringComparison.Ordinal) ? actor.Id["user:".Length..] : "";

    private static View Read(Row row)
    {
        var (id, kind, order, number, note, body) = (row.Long(), row.Text(), row.UuidOrNull(), row.TextOrNull(), row.IntOrNull(), row.TextOrNull());
        return new View(id, kind, order is { } known ? new OrderId(known) : null, number, note, body is { Length: > MostExcerpt } ? body[..MostExcerpt] + "…" : body,
            row.Text(), row.Instant(), row.InstantOrNull());
    }
}
