using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Webhooks;

/// <summary>Sends what was sent before again, with the same id and content: one delivery, or those since an instant.</summary>
public static class ResendDeliveries
{
    /// <param name="Since">From deliveries queued at this instant on.</param>
    /// <param name="Until">Before this instant; now when not said.</param>
    /// <param name="States">Which: <c>failed</c> when not said, also <c>delivered</c> or <c>discarded</c>.</param>
    public sealed record Request(DateTimeOffset? Since = null, DateTimeOffset? Until = null, IReadOnlyList<string?>? States = null);

    /// <param name="Count">Deliveries that go out again.</param>
    /// <param name="HasMore">More than 10,000 were meant: ask again.</param>
    public sealed record Response(long Count, bool HasMore);

    private const int MostAtOnce = 10_000;
    private static readonly string[] Over = ["failed", "delivered", "discarded"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/webhooks/{id}/deliveries/{event}/resend", async (string id, string @event, Db db, TimeProvider clock, Actor actor) =>
                (await One(id, @event, db, clock, actor)).ToHttp(202))
            .Requires(Permission.WebhooksManage).WithName("webhooks.resend").WithTags("Webhooks").WithSummary("Send one delivery again")
            .Produces<ReadDeliveries.DeliveryView>(202).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
        routes.MapPost("/webhooks/{id}/resend", async (string id, Request body, Db db, TimeProvider clock, Actor actor) => (await Since(id, body, db, clock, actor)).ToHttp(202))
            .Requires(Permission.WebhooksManage).WithName("webhooks.resendSince").WithTags("Webhooks").WithSummary("Send what failed since an instant again")
            .Produces<Response>(202).ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
    }

    public static Task<Result<ReadDeliveries.DeliveryView>> One(string id, string @event, Db db, TimeProvider clock, Actor actor) => db.Write<ReadDeliveries.DeliveryView>(actor, async work =>
    {
        if (await Webhook.Find(work, actor, id) is not { } webhook) return WebhookErrors.NotFound(id);
        if (await ReadDeliveries.FindOne(work, webhook, @event) is not { } delivery) return WebhookErrors.NoSuchDelivery(@event);
        var now = clock.GetUtcNow();
        await Queue(work, webhook, "position = @from", now.ToUnixTimeMilliseconds(), 1, ("from", delivery.Position), ("states", Over));
        // One that waits for its next try goes at once.
        await work.Execute(
            """
            update webhook_lanes set due_at_ms = @now where merchant_id = @merchant and endpoint_id = @id and due_at_ms > @now and lane =
                (select d.lane from webhook_deliveries d where d.merchant_id = @merchant and d.endpoint_id = @id and d.position = @position)
            """, ("id", webhook.Id.Value), ("position", delivery.Position), ("now", now.ToUnixTimeMilliseconds()));
        await EventLog.Append(work, actor, now, new Happening("webhook", id, "WebhookDeliveryResent", new { @event }));
        return (await ReadDeliveries.FindOne(work, webhook, @event))!;
    });

    public static async Task<Result<Response>> Since(string id, Request body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.That(body.Since is not null, "/since", "field.required", "since is required.");
        foreach (var (i, state) in (body.States ?? []).Take(10).Index()) checks.That(Over.Contains(state), $"/states/{i}", "field.not_one_of", $"A state is one of {string.Join(", ", Over)}.");
        if (checks.AnyFault) return checks.ToError();
        string[] states = body.States is { Count: > 0 } given ? [.. given.Take(10).OfType<string>()] : ["failed"];
        return await db.Write<Response>(actor, async work =>
        {
            if (await Webhook.Find(work, actor, id) is not { } webhook) return WebhookErrors.NotFound(id);
            var now = clock.GetUtcNow();
            int count = await Queue(work, webhook, "created_at_ms >= @from and created_at_ms < @until", now.ToUnixTimeMilliseconds(), MostAtOnce,
                ("from", body.Since!.Value.ToUnixTimeMilliseconds()), ("until", (body.Until ?? now.AddMilliseconds(1)).ToUnixTimeMilliseconds()), ("states", states));
            await EventLog.Append(work, actor, now, new Happening("webhook", id, "WebhookDeliveriesResent", new { body.Since, body.Until, states, count }));
            return new Response(count, count == MostAtOnce);
        });
    }

    /// <summary>Lets deliveries that are over wait again, with all their tries anew, and opens their lanes.</summary>
    private static async Task<int> Queue(Work work, Webhook webhook, string which, long now, int most, params (string, object?)[] named)
    {
        var lanes = await work.Query(
            $"""
            update webhook_deliveries set state = 'waiting', tries = 0, first_tried_at_ms = null, next_try_at_ms = null
             where merchant_id = @merchant and endpoint_id = @id and position in
                   (select d.position from webhook_deliveries d where d.merchant_id = @merchant and d.endpoint_id = @id and d.state = any(@states) and {which}
                     order by d.position limit @most)
            returning lane
            """, row => row.Text(), [("id", webhook.Id.Value), ("most", (long)most), .. named]);
        var batch = work.Batch();
        DeliveriesSql.OpenLanes(batch, [.. lanes.Distinct().Select(lane => new Lane(webhook.Id, webhook.Merchant, lane))], now);
        await batch.Run();
        return lanes.Count;
    }
}
