using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Webhooks;

/// <summary>Ends a webhook: nothing more is sent, and its deliveries are swept away.</summary>
public static class DeleteWebhook
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapDelete("/webhooks/{id}", async (string id, Db db, TimeProvider clock, Actor actor) => (await Handle(id, db, clock, actor)).ToHttp())
            .Requires(Permission.WebhooksManage).WithName("webhooks.delete").WithTags("Webhooks").WithSummary("Delete a webhook with its deliveries")
            .Produces<WebhookView>().ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);

    public static Task<Result<WebhookView>> Handle(string id, Db db, TimeProvider clock, Actor actor) => db.Write<WebhookView>(actor, async work =>
    {
        if (await Webhook.Find(work, actor, id, locked: true) is not { } present) return WebhookErrors.NotFound(id);
        var now = clock.GetUtcNow();
        // Deliveries may be many: ForgetOldDeliveries takes them away in slices, and the row at last.
        await work.Execute("update webhook_endpoints set state = 'deleted', updated_at_ms = @now, version = version + 1 where merchant_id = @merchant and id = @id",
            ("id", present.Id.Value), ("now", now.ToUnixTimeMilliseconds()));
        await work.Execute("delete from webhook_secrets where merchant_id = @merchant and endpoint_id = @id", ("id", present.Id.Value));
        await EventLog.Append(work, actor, now, new Happening("webhook", id, "WebhookDeleted", new { }));
        return WebhookView.Of(present with { State = "deleted" }, []);
    });
}
