using System.Text.Json;
using Switchyard.Access;
using Switchyard.Channels;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>
/// A buyer's wish to cancel, told by the channel under its own id. While nothing has begun it is granted by itself where the channel says
/// so; else it waits for a person. Events both ways let the connector answer the marketplace.
/// </summary>
public static class CancelRequests
{
    /// <param name="ExternalId">The channel's own id of the wish; the same one again changes nothing.</param>
    public sealed record Request(string? ExternalId, string? Reason = null, IReadOnlyList<CancelOrder.LineUnits?>? Lines = null);

    /// <param name="Answer">accept or decline.</param>
    public sealed record AnswerRequest([Words("accept", "decline")] string? Answer, string? Reason = null);

    public sealed record View(string Object, OrderId Order, int Request, string ExternalId, [Words("open", "accepted", "declined")] string State, string? Reason,
        IReadOnlyList<CancelOrder.LineUnits>? Lines, string? Answer, string? AnsweredBy, DateTimeOffset OpenedAt, DateTimeOffset? AnsweredAt);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/orders/{id}/cancel-requests", async (string id, Actor actor, Db db) => (await List(id, actor, db)).ToHttp())
            .Requires(Permission.OrdersRead).WithName("orders.cancelRequests").WithSummary("See buyers' wishes to cancel").WithTags("Orders")
            .Produces<Page<View>>().ProducesProblem(404);
        routes.MapPost("/orders/{id}/cancel-requests", async (string id, Request body, Actor actor, Db db, TimeProvider clock) =>
                (await Open(id, body, actor, db, clock)).ToHttp(StatusCodes.Status201Created))
            .Requires(Permission.OrdersWrite).WithName("orders.requestCancel").WithSummary("Tell a buyer's wish to cancel").WithTags("Orders")
            .Produces<View>(201).ProducesProblem(400).ProducesProblem(404).ProducesProblem(422);
        routes.MapPost("/orders/{id}/cancel-requests/{request:int}/answer", async (string id, int request, AnswerRequest body, Actor actor, Db db, TimeProvider clock) =>
                (await Answer(id, request, body, actor, db, clock)).ToHttp())
            .Requires(Permission.OrdersCancel).WithName("orders.answerCancelRequest").WithSummary("Accept or decline a buyer's wish to cancel").WithTags("Orders")
            .Produces<View>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
    }

    /// <remarks>Errors: orders.not_found.</remarks>
    public static async Task<Result<Page<View>>> List(string id, Actor actor, Db db)
    {
        if (!OrderId.TryParse(id, null, out var order)) return OrderErrors.NotFound(id);
        return await db.Read<Result<Page<View>>>(actor, async work =>
            await OpenOrder.Peek(work, actor, order, DateTimeOffset.UnixEpoch) is null ? OrderErrors.NotFound(id) : new Page<View>(await Read(work, order), null, false));
    }

    /// <remarks>A fact: it is stored whatever the order's state is. Errors: orders.not_found, and those of form.</remarks>
    public static Task<Result<View>> Open(string id, Request body, Actor actor, Db db, TimeProvider clock)
    {
        var checks = new Checks();
        checks.Text(body.ExternalId, "/externalId", 200, required: true);
        if (checks.AnyFault) return Task.FromResult<Result<View>>(checks.ToError());
        if (CancelOrder.Form(new CancelOrder.Request(body.Reason, body.Lines)) is { } faults) return Task.FromResult<Result<View>>(faults);
        if (!OrderId.TryParse(id, null, out var orderId)) return Task.FromResult<Result<View>>(OrderErrors.NotFound(id));
        return db.Write<View>(actor, async work =>
        {
            var now = clock.GetUtcNow();
            var order = await OpenOrder.Lock(work, actor, orderId, now);
            if (order is null) return OrderErrors.NotFound(id);
            var known = await Read(work, orderId);
            if (known.Find(r => r.ExternalId == body.ExternalId) is { } same) return same;
            int no = known.Count + 1;
            order.Tell("CancelRequested", new { request = no, body.ExternalId, body.Lines }, body.Reason);
            bool isFree = order.State is OrderState.Placed or OrderState.Confirmed && !order.Lines.Exists(l => l.HasLeft || l.InWork > 0);
            bool isGranted = isFree && await Accepts(work, order.Channel);
            Inventory.StockSheet? sheet = null;
            if (isGranted)
            {
                var cancelled = await CancelOrder.Cancel(work, order, new CancelOrder.Request(body.Reason ?? "The buyer wished so.", body.Lines), now);
                (isGranted, sheet) = cancelled.IsOk ? (true, cancelled.Value.Sheet) : (false, null);
            }
            if (isGranted) order.Tell("CancelRequestAccepted", new { request = no, body.ExternalId });
            await order.Save(work, sheet);
            await work.Execute(
                """
                insert into cancel_requests (order_id, request_no, merchant_id, external_id, lines, reason, state, answered_by, opened_at_ms, answered_at_ms)
                values (@order, @no, @merchant, @external, @lines, @reason, @state, @by, @now, @answered)
                """, ("order", orderId.Value), ("no", no), ("external", body.ExternalId), ("lines", body.Lines is null ? null : JsonSerializer.Serialize(body.Lines, Json.Options)),
                ("reason", body.Reason), ("state", isGranted ? "accepted" : "open"), ("by", isGranted ? "system:cancel-requests" : null),
                ("now", now.ToUnixTimeMilliseconds()), ("answered", isGranted ? now.ToUnixTimeMilliseconds() : (long?)null));
            return (await Read(work, orderId)).Single(r => r.Request == no);
        });
    }

    /// <remarks>Errors: orders.not_found, orders.cancel_request_not_found, orders.cancel_request_answered, and those of cancelling.</remarks>
    public static Task<Result<View>> Answer(string id, int request, AnswerRequest body, Actor actor, Db db, TimeProvider clock)
    {
        var checks = new Checks();
        checks.That(body.Answer is "accept" or "decline", "/answer", "field.unknown_value", "answer must be accept or decline.");
        checks.Text(body.Reason, "/reason", 500);
        if (checks.AnyFault) return Task.FromResult<Result<View>>(checks.ToError());
        if (!OrderId.TryParse(id, null, out var orderId)) return Task.FromResult<Result<View>>(OrderErrors.NotFound(id));
        return db.Write<View>(actor, async work =>
        {
            var now = clock.GetUtcNow();
            var order = await OpenOrder.Lock(work, actor, orderId, now);
            if (order is null) return OrderErrors.NotFound(id);
            if ((await Read(work, orderId)).Find(r => r.Request == request) is not { } open)
                return Error.NotFound("orders.cancel_request_not_found", "There is no such wish to cancel on this order.");
            if (open.State != "open") return Error.Conflict("orders.cancel_request_answered", $"This wish was {open.State} before.");
            Inventory.StockSheet? sheet = null;
            if (body.Answer == "accept")
            {
                var cancelled = await CancelOrder.Cancel(work, order, new CancelOrder.Request(body.Reason ?? open.Reason, open.Lines, Remaining: false), now);
                if (cancelled.Error is { } error) return error;
                sheet = cancelled.Value.Sheet;
            }
            string state = body.Answer == "accept" ? "accepted" : "declined";
            order.Tell(state == "accepted" ? "CancelRequestAccepted" : "CancelRequestDeclined", new { request, open.ExternalId }, body.Reason);
            await order.Save(work, sheet);
            await work.Execute(
                """
                update cancel_requests set state = @state, answer = @answer, answered_by = @by, answered_at_ms = @now
                 where merchant_id = @merchant and order_id = @order and request_no = @no
                """, ("state", state), ("answer", body.Reason), ("by", actor.Id), ("now", now.ToUnixTimeMilliseconds()), ("order", orderId.Value), ("no", request));
            return (await Read(work, orderId)).Single(r => r.Request == request);
        });
    }

    private static async Task<bool> Accepts(Work work, long channel)
    {
        var batch = work.Batch();
        var channels = ChannelsRoom.Channels(batch);
        await batch.Run();
        return channels.Find(c => c.Id == channel)?.AcceptsCancels == true;
    }

    private static Task<List<View>> Read(Work work, OrderId order) => work.Query(
        """
        select request_no, external_id, state, reason, lines, answer, answered_by, opened_at_ms, answered_at_ms from cancel_requests
         where merchant_id = @merchant and order_id = @order order by request_no limit 1000
        """, row => new View("cancelRequest", order, row.Int(), row.Text(), row.Text(), row.TextOrNull(),
            row.TextOrNull() is { } lines ? JsonSerializer.Deserialize<List<CancelOrder.LineUnits>>(lines, Json.Options) : null,
            row.TextOrNull(), row.TextOrNull(), row.Instant(), row.InstantOrNull()), ("order", order.Value));
}
