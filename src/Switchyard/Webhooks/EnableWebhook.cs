using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Webhooks;

/// <summary>Turns a webhook on again after it was disabled or paused; and disables one that has failed for long.</summary>
public static class EnableWebhook
{
    /// <param name="DiscardWaiting">Forget what has gathered, rather than send all of it.</param>
    public sealed record Request(bool DiscardWaiting = false);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/webhooks/{id}/enable", async (string id, Request body, Db db, TimeProvider clock, Actor actor) =>
                (await Enable(id, body, db, clock, actor)).ToHttp())
            .Requires(Permission.WebhooksManage).WithName("webhooks.enable").WithTags("Webhooks").WithSummary("Turn a webhook on again; what waited is sent or discarded")
            .Produces<WebhookView>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);

    public static Task<Result<WebhookView>> Enable(string id, Request body, Db db, TimeProvider clock, Actor actor) => db.Write<WebhookView>(actor, async work =>
    {
        if (await Webhook.Find(work, actor, id, locked: true) is not { } webhook) return WebhookErrors.NotFound(id);
        var now = clock.GetUtcNow();
        (string, object?)[] named = [("id", webhook.Id.Value), ("now", now.ToUnixTimeMilliseconds())];
        await work.Execute(
            """
            update webhook_endpoints set state = 'active', state_reason = null, failures = 0, failing_since_ms = null, rest_until_ms = 0,
                   updated_at_ms = @now, version = version + 1 where merchant_id = @merchant and id = @id
            """, named);
        if (body.DiscardWaiting)
        {
            await work.Execute("update webhook_deliveries set state = 'discarded', next_try_at_ms = null where merchant_id = @merchant and endpoint_id = @id and state = 'waiting'", named);
            await work.Execute("delete from webhook_lanes where merchant_id = @merchant and endpoint_id = @id", named);
        }
        else await work.Execute("update webhook_lanes set due_at_ms = @now where merchant_id = @merchant and endpoint_id = @id and due_at_ms > @now", named);
        await EventLog.Append(work, actor, now, new Happening("webhook", id, "WebhookEnabled", new { body.DiscardWaiting }));
        return await WebhookView.Of(work, (await Webhook.Find(work, actor, id))!, now);
    });

    /// <summary>What the sender does when a receiver is gone for good. Says so on the log; does nothing to one that is not active.</summary>
    internal static Task<Result<Done>> Disable(WebhookId id, long merchant, string reason, Db db, TimeProvider clock)
    {
        var actor = Actor.House("system:webhooks", merchant);
        return db.Write<Done>(actor, async work =>
        {
            var now = clock.GetUtcNow();
            int changed = await work.Execute(
                """
                update webhook_endpoints set state = 'disabled', state_reason = @reason, updated_at_ms = @now, version = version + 1
                 where merchant_id = @merchant and id = @id and state = 'active'
                """, ("id", id.Value), ("reason", reason), ("now", now.ToUnixTimeMilliseconds()));
            if (changed > 0) await EventLog.Append(work, actor, now, new Happening("webhook", id.ToString(), "WebhookDisabled", new { reason }, reason));
            return new Done();
        });
    }
}
