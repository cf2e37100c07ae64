using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Notifications;

/// <summary>Says that one has seen what one was told.</summary>
public static class MarkRead
{
    public const int MostIds = 250;

    /// <param name="Ids">Those; or null and <paramref name="UpTo"/> for all until then.</param>
    /// <param name="UpTo">This one and all before it.</param>
    public sealed record Request(IReadOnlyList<long>? Ids, long? UpTo);

    /// <param name="Read">How many were unread and are not any more.</param>
    public sealed record Response(long Read);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/notifications/read", async (Request body, Actor actor, Db db, TimeProvider clock) => (await Handle(body, actor, db, clock)).ToHttp())
            .IsOpenToAnySignedIn().WithName("notifications.read").WithTags("Notifications").WithSummary("Mark notifications as read")
            .Produces<Response>().ProducesProblem(400);

    /// <remarks>Errors: request.invalid with /ids. What is not one's own, or read already, is passed over.</remarks>
    public static async Task<Result<Response>> Handle(Request body, Actor actor, Db db, TimeProvider clock)
    {
        var checks = new Checks();
        checks.That(body.Ids is null != body.UpTo is null, "/ids", "field.required", "Say which: ids, or upTo.");
        checks.That((body.Ids?.Count ?? 0) <= MostIds, "/ids", "field.too_many", $"At most {MostIds} at once.");
        if (checks.AnyFault) return checks.ToError();
        return await db.Write<Response>(actor, async work => new Response(await work.Execute(
            $"""
            update notifications set read_at_ms = @now where merchant_id = @merchant and user_id = @me and read_at_ms is null
               and {(body.Ids is null ? "id <= @last" : "id = any(@ids)")}
            """, ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()), ("me", ListNotifications.Me(actor)), ("last", body.UpTo ?? 0), ("ids", (body.Ids ?? []).ToArray()))));
    }
}
