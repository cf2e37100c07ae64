using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Webhooks;

/// <summary>Makes a further secret; the earlier ones sign beside it until they are retired, so no delivery is ever unverifiable.</summary>
public static class RotateSecret
{
    /// <param name="RetireOthersAfterSeconds">When the earlier ones stop signing: a day when not said, at once with 0, at most 30 days.</param>
    public sealed record Request(long? RetireOthersAfterSeconds = null);

    private const long Day = 86_400;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/webhooks/{id}/secrets", async (string id, Request body, Db db, WebhookSecrets secrets, TimeProvider clock, Actor actor) =>
                (await Rotate(id, body, db, secrets, clock, actor)).ToHttp(201))
            .Requires(Permission.WebhooksManage).WithName("webhooks.rotateSecret").WithTags("Webhooks").WithSummary("Make a new secret; it is shown once")
            .Produces<SecretView>(201).ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
        routes.MapDelete("/webhooks/{id}/secrets/{number:int}", async (string id, int number, Db db, TimeProvider clock, Actor actor) =>
                (await Retire(id, number, db, clock, actor)).ToHttp())
            .Requires(Permission.WebhooksManage).WithName("webhooks.retireSecret").WithTags("Webhooks").WithSummary("Let a secret sign no more")
            .Produces<WebhookView>().ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
    }

    public static async Task<Result<SecretView>> Rotate(string id, Request body, Db db, WebhookSecrets secrets, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        long after = body.RetireOthersAfterSeconds ?? Day;
        checks.Range(after, 0, 30 * Day, "/retireOthersAfterSeconds");
        if (checks.AnyFault) return checks.ToError();
        var (now, (shown, stored)) = (clock.GetUtcNow(), secrets.Make());
        var made = await db.Write<SecretView>(actor, async work =>
        {
            if (await Webhook.Find(work, actor, id, locked: true) is not { } webhook) return WebhookErrors.NotFound(id);
            if ((await WebhookSecrets.Live(work, webhook.Id, now)).Count >= WebhookErrors.MostLiveSecrets && after > 0) return WebhookErrors.TooManySecrets;
            int number = (int)await work.Scalar("select coalesce(max(secret_no), 0) + 1 from webhook_secrets where merchant_id = @merchant and endpoint_id = @id", ("id", webhook.Id.Value));
            await work.Execute(
                """
                update webhook_secrets set retires_at_ms = @until
                 where merchant_id = @merchant and endpoint_id = @id and (retires_at_ms is null or retires_at_ms > @until)
                """, ("id", webhook.Id.Value), ("until", now.ToUnixTimeMilliseconds() + after * 1000));
            await WebhookSecrets.Insert(work, webhook.Id, number, stored, now);
            await EventLog.Append(work, actor, now, new Happening("webhook", id, "WebhookSecretRotated", new { number, retireOthersAfterSeconds = after }));
            return new SecretView(number, null, DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds()), null);
        });
        return made.Error is not null || made.IsReplay ? made : made.Value with { Secret = shown };
    }

    public static Task<Result<WebhookView>> Retire(string id, int number, Db db, TimeProvider clock, Actor actor) => db.Write<WebhookView>(actor, async work =>
    {
        var now = clock.GetUtcNow();
        if (await Webhook.Find(work, actor, id, locked: true) is not { } webhook) return WebhookErrors.NotFound(id);
        var live = await WebhookSecrets.Live(work, webhook.Id, now);
        if (live.All(s => s.Number != number)) return WebhookErrors.NoSuchSecret(number);
        if (live.Count(s => s.RetiresAt is null) == 1 && live.Single(s => s.RetiresAt is null).Number == number) return WebhookErrors.LastSecret;
        await work.Execute("update webhook_secrets set retires_at_ms = @now where merchant_id = @merchant and endpoint_id = @id and secret_no = @no",
            ("id", webhook.Id.Value), ("no", number), ("now", now.ToUnixTimeMilliseconds()));
        await EventLog.Append(work, actor, now, new Happening("webhook", id, "WebhookSecretRetired", new { number }));
        return await WebhookView.Of(work, webhook, now);
    });
}
