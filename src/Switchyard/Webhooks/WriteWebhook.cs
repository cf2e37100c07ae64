using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Webhooks;

/// <summary>Makes a webhook with its first secret, or changes one.</summary>
public static class WriteWebhook
{
    /// <param name="Url">Where events are sent; https, and out in the world unless the operator allows an inner receiver.</param>
    /// <param name="Kinds">Names of events, or the beginning of names and <c>*</c>.</param>
    /// <param name="Channels">Codes of channels: then only events of their orders are sent.</param>
    /// <param name="IsActive">False pauses it: what happens meanwhile waits.</param>
    /// <param name="SendsConsents">Each message of an order or a customer also says who the buyer is and what he has agreed to, as it is when it is sent. Needs customers:read; without it nothing of that is sent.</param>
    public sealed record Request(string? Url = null, IReadOnlyList<string?>? Kinds = null, IReadOnlyList<string?>? Channels = null, string? Description = null,
        bool IsActive = true, bool SendsConsents = false)
    {
        [System.Text.Json.Serialization.JsonIgnore]
        internal bool IsPartner { get; init; }
    }

    private const int MostUrl = 2_000, MostChannels = 50;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/webhooks", async (Request body, Db db, OutwardHttp http, WebhookSecrets secrets, CommitHorizon horizon, TimeProvider clock, Actor actor) =>
                (await Create(body, db, http, secrets, horizon, clock, actor)).ToHttp(201, made => $"/api/v1/webhooks/{made.Id}"))
            .Requires(Permission.WebhooksManage).WithName("webhooks.create").WithTags("Webhooks").WithSummary("Make a webhook; its secret is shown once")
            .Produces<WebhookView>(201).ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(409);
        routes.MapPut("/webhooks/{id}", async (string id, Request body, Db db, OutwardHttp http, TimeProvider clock, Actor actor, HttpContext context) =>
            {
                var expected = ETag.Expected(context);
                if (expected.Error is { } error) return error.ToHttp();
                var changed = await Change(id, body, expected.Value, db, http, clock, actor);
                if (changed.IsOk) ETag.Set(context, changed.Value.Version);
                return changed.ToHttp();
            })
            .Requires(Permission.WebhooksManage).WithName("webhooks.change").WithTags("Webhooks").WithSummary("Change a webhook, pause it or let it go on")
            .Produces<WebhookView>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(412);
    }

    public static async Task<Result<WebhookView>> Create(Request body, Db db, OutwardHttp http, WebhookSecrets secrets, CommitHorizon horizon, TimeProvider clock, Actor actor)
    {
        if (Refusal(body, http) is { } refusal) return refusal;
        var now = clock.GetUtcNow();
        var id = WebhookId.New(now);
        var (shown, stored) = secrets.Make();
        // What commits from here on is sent. The horizon first passes all that can be seen now, so that the receiver hears nothing from
        // before; a writer who dawdles for longer than the wait may let a few entries from just before be among it.
        long from = await horizon.PassAll(LongestWait);
        var made = await db.Write<WebhookView>(actor, async work =>
        {
            if (await work.Scalar("select count(*) from webhook_endpoints where merchant_id = @merchant and state <> 'deleted'") >= WebhookErrors.MostEndpoints)
                return WebhookErrors.TooMany;
            if (await UnknownChannels(work, body) is { } unknown) return unknown;
            int added = await work.Execute(
                """
                insert into webhook_endpoints (id, merchant_id, url, description, kinds, channels, node_ids, hides_prices, sends_consents, is_partner, state, from_position, created_by, created_at_ms, updated_at_ms)
                values (@id, @merchant, @url, @description, @kinds, @channels::text, @nodes::text, @hides, @consents, @partner, @state, @from, @by, @now, @now) on conflict do nothing
                """,
                [.. Fields(body), ("id", id.Value), ("nodes", actor.Nodes is null ? null : JsonSerializer.Serialize(actor.Nodes.Order())),
                    ("hides", !actor.May(Permission.PricesRead)), ("consents", body.SendsConsents && actor.May(Permission.CustomersRead)), ("partner", body.IsPartner),
                    ("state", body.IsActive ? "active" : "paused"), ("from", from), ("by", actor.Id), ("now", now.ToUnixTimeMilliseconds())]);
            if (added == 0) return WebhookErrors.PartnerHasOne;
            await WebhookSecrets.Insert(work, id, 1, stored, now);
            await EventLog.Append(work, actor, now, new Happening("webhook", id.ToString(), "WebhookCreated", Told(body)));
            return await WebhookView.Of(work, (await Webhook.Find(work, actor, id.ToString()))!, now);
        });
        // The secret is not part of what is stored for a repeat of the request: a replay answers without it.
        return made.Error is not null || made.IsReplay ? made : made.Value with { Secrets = [made.Value.Secrets[0] with { Secret = shown }] };
    }

    public static async Task<Result<WebhookView>> Change(string id, Request body, long? expectedVersion, Db db, OutwardHttp http, TimeProvider clock, Actor actor)
    {
        if (Refusal(body, http) is { } refusal) return refusal;
        var now = clock.GetUtcNow();
        return await db.Write<WebhookView>(actor, async work =>
        {
            if (await Webhook.Find(work, actor, id, locked: true) is not { } present) return WebhookErrors.NotFound(id);
            if (expectedVersion is { } version && version != present.Version) return WebhookErrors.Changed(present.Version);
            if (await UnknownChannels(work, body) is { } unknown) return unknown;
            // A disabled webhook is not enabled in passing: that has an operation of its own.
            string state = present.State == "disabled" && body.IsActive ? "disabled" : body.IsActive ? "active" : "paused";
            await work.Execute(
                """
                update webhook_endpoints set url = @url, description = @description, kinds = @kinds, channels = @channels::text, hides_prices = @hides, sends_consents = @consents, state = @state,
                       state_reason = case when @state = 'disabled' then state_reason end, updated_at_ms = @now, version = version + 1
                 where merchant_id = @merchant and id = @id
                """, [.. Fields(body), ("id", present.Id.Value), ("hides", !actor.May(Permission.PricesRead)), ("consents", body.SendsConsents && actor.May(Permission.CustomersRead)), ("state", state), ("now", now.ToUnixTimeMilliseconds())]);
            await EventLog.Append(work, actor, now, new Happening("webhook", id, "WebhookChanged", Told(body)));
            return await WebhookView.Of(work, (await Webhook.Find(work, actor, id))!, now);
        });
    }

    private static Error? Refusal(Request body, OutwardHttp http)
    {
        var checks = new Checks();
        checks.Text(body.Url, "/url", MostUrl, required: true);
        if (!checks.AnyFault && http.Refusal(body.Url) is { } against) checks.Fault("/url", "webhooks.bad_url", against);
        checks.Text(body.Description, "/description", 200);
        checks.That(body.Kinds is { Count: > 0 and <= EventFilter.Most }, "/kinds", "field.out_of_range", $"kinds names 1 to {EventFilter.Most} kinds of events; \"*\" is all.");
        foreach (var (i, kind) in (body.Kinds ?? []).Take(EventFilter.Most).Index())
            checks.That(EventFilter.IsPattern(kind), $"/kinds/{i}", "field.malformed", "A kind is a name such as OrderPlaced, or the beginning of one with * such as Order*.");
        checks.That(body.Channels is null or { Count: > 0 and <= MostChannels }, "/channels", "field.out_of_range", $"channels names 1 to {MostChannels} channels, or is left out.");
        foreach (var (i, code) in (body.Channels ?? []).Take(MostChannels).Index()) checks.Text(code, $"/channels/{i}", 64, required: true);
        return checks.AnyFault ? checks.ToError() : null;
    }

    private static async Task<Error?> UnknownChannels(Work work, Request body)
    {
        if (body.Channels is null) return null;
        var known = await work.Query("select code from channels where merchant_id = @merchant and code = any(@codes)", row => row.Text(), ("codes", body.Channels.ToArray()));
        var checks = new Checks();
        foreach (var (i, code) in body.Channels.Index()) checks.That(known.Contains(code!), $"/channels/{i}", "channels.no_such_channel", $"There is no channel {code}.");
        return checks.AnyFault ? checks.ToError() : null;
    }

    private static (string, object?)[] Fields(Request body) =>
    [
        ("url", new Uri(body.Url!).AbsoluteUri), ("description", body.Description ?? ""), ("kinds", JsonSerializer.Serialize(body.Kinds!.Distinct())),
        ("channels", body.Channels is null ? null : JsonSerializer.Serialize(body.Channels.Distinct())),
    ];

    // The address may hold a token of the receiver's: the log, which is never erased, is told the host only.
    private static object Told(Request body) => new { host = new Uri(body.Url!).Host, kinds = body.Kinds, channels = body.Channels, isActive = body.IsActive };
}
